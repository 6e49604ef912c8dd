from datetime import UTC, date, datetime

import polars as pl
import pytest

from transforms.core.knowledge import KnowledgeError, visible

ROWS = pl.DataFrame(
    {
        "row": ["early", "late day", "late load"],
        "observed_on": [date(2026, 5, 1), date(2026, 5, 9), date(2026, 5, 1)],
        "loaded_at": [
            datetime(2026, 5, 2, tzinfo=UTC),
            datetime(2026, 5, 10, tzinfo=UTC),
            datetime(2026, 6, 1, tzinfo=UTC),
        ],
    }
)
AS_OF = date(2026, 5, 5)
CUTOFF = datetime(2026, 5, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "rows"),
    [
        (visible("latest"), ["early", "late day", "late load"]),
        (visible("latest", cutoff=CUTOFF), ["early", "late day"]),
        (visible("reported", as_of=AS_OF), ["early", "late load"]),
        (visible("reported", as_of=AS_OF, cutoff=CUTOFF), ["early"]),
        (visible("loaded", as_of=AS_OF, cutoff=CUTOFF), ["early", "late day"]),
    ],
)
def test_knowledge_decides_which_rows_a_build_reads(expression, rows):
    assert ROWS.filter(expression)["row"].to_list() == rows


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"knowledge": "loaded"}, "needs a cutoff"),
        ({"knowledge": "reported"}, "needs as_of"),
        ({"knowledge": "known"}, "none of latest, reported, loaded"),
    ],
)
def test_knowledge_without_its_limit_is_an_error(arguments, message):
    with pytest.raises(KnowledgeError, match=message):
        visible(**arguments)
