import polars as pl

from transforms.cells.shown_names import shown_name, with_shared_names


def test_a_name_beside_which_two_figures_stand_tells_no_account():
    text = pl.DataFrame({"name": [" Anna B", "Bo", "Bo", "Cy", "Cy", " "],
                         "followers": ["1", "2", "3", "4", "4", "5"]})  # fmt: skip
    read = shown_name("name")
    told = with_shared_names(text, text, "name", "followers").select(
        value=read.value, failed=read.failed
    )
    assert told.rows() == [
        ("name:Anna B", False), (None, True), (None, True),
        ("name:Cy", False), ("name:Cy", False), (None, True),
    ]  # fmt: skip
