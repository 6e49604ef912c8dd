from schemas.files import FileReading
from tests.transforms.deliveries.made_up import source
from transforms.deliveries.intake import survey_files
from transforms.exports import EXPORTS
from transforms.reading.limits import Limits

DAYS = 'sep=,\n"{}"\n"Date","Primary"\n"2026-05-25T00:00:00","1"\n'


def survey(*files, exports=EXPORTS) -> list[str]:
    """Give the export of each table, or its status and reason."""
    return [
        f"{entry.record.status}: {entry.record.reason}"
        if isinstance(entry, FileReading)
        else entry.export.name
        for entry in survey_files(files, Limits(), exports)
    ]


def test_every_table_of_every_file_is_recognised_or_has_a_reason_in_their_order():
    both = DAYS.format("Reach") + "\n" + DAYS.format("Facebook visits").removeprefix("sep=,\n")
    found = survey(
        source("instagram/anna/b.csv", both),
        source("instagram/anna/a.csv", "{}"),
        source("instagram/anna/c.csv", DAYS.format("Conteúdo publicado")),
    )
    assert found[:2] == ["instagram_overview", "facebook_overview"]
    assert found[2].startswith("unrecognised: a.csv is JSON")
    assert found[3].startswith("kept: posts published")


def test_a_known_title_over_an_unknown_table_is_refused_and_names_its_export():
    (entry,) = survey_files(
        [source("instagram/anna/a.csv", DAYS.format("Reach").replace("Primary", "Second"))],
        Limits(),
        EXPORTS,
    )
    assert isinstance(entry, FileReading)
    assert (entry.record.status, entry.record.export) == ("refused", "instagram_overview")
    assert entry.record.sheet == "Reach"


def test_an_error_of_ours_is_the_reason_of_its_file_alone():
    broken = EXPORTS | {"twin": EXPORTS["instagram_overview"]}
    found = survey(
        source("instagram/anna/a.csv", DAYS.format("Reach")),
        source("instagram/anna/b.csv", DAYS.format("Instagram followers by top cities")),
        exports=broken,
    )
    assert found[0].startswith("refused: defect: RecognitionError")
    assert found[1].startswith("refused: under")
