"""Every damage a spreadsheet does, on the seed of every export."""

import pytest

from tests.transforms.excel_damage import CELLS, SAVES, SHAPES
from tests.transforms.test_excel_damage import SEEDS, check_changed, check_saved, seeds_of_text


@pytest.mark.parametrize("name", seeds_of_text())
@pytest.mark.parametrize("how", SAVES)
def test_a_file_saved_again_holds_the_same_figures_or_is_refused(how, name):
    check_saved(how, name)


@pytest.mark.parametrize("name", [name for name in SEEDS if "information" not in name])
@pytest.mark.parametrize("what", [*CELLS, *SHAPES])
def test_a_changed_table_gives_the_same_figures_or_none(what, name):
    check_changed(what, name)
