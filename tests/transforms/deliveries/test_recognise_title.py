from dataclasses import replace

import pytest

from transforms.deliveries.recognise import RecognitionError
from transforms.deliveries.recognise_title import recognise_any
from transforms.exports import EXPORTS
from transforms.reading.tables import TextTable, read_tables


def table(title: str, header: str = '"Date","Primary"') -> TextTable:
    content = f'sep=,\n"{title}"\n{header}\n"2026-05-25T00:00:00","1"\n'
    return read_tables(content.encode(), "file")[0]


def test_a_title_decides_and_the_folder_only_puts_its_own_network_first():
    for platform, rival in (("instagram", "facebook"), ("facebook", "instagram")):
        recognition, _ = recognise_any(table("Views"), platform=platform)
        assert recognition.export is EXPORTS[f"{platform}_overview"]
        assert recognition.rivals == (EXPORTS[f"{rival}_overview"],)
        assert (recognition.about, recognition.language) == ("views", "en")
    recognition, _ = recognise_any(table("Facebook visits"), platform="instagram")
    assert (recognition.export, recognition.rivals) == (EXPORTS["facebook_overview"], ())


@pytest.mark.parametrize("title", ["VIEWS", " views ", "Vi\u00adews"])
def test_case_spaces_and_soft_hyphens_make_no_other_title(title):
    recognition, _ = recognise_any(table(title))
    assert recognition.about == "views"


def test_an_unknown_title_is_named_with_the_nearest():
    recognition, _ = recognise_any(table("Instagram profile visit"))
    assert recognition.export is None
    assert recognition.nearest == "instagram_overview"
    assert "'Instagram profile visit'" in recognition.reason
    assert "'Instagram profile visits'" in recognition.reason


def test_a_table_under_a_title_is_never_told_by_its_header():
    content = (
        b"Nonsense of mine\nDate,Video Views,Profile Views,Likes,Comments,Shares\n1 May,1,2,3,4,5\n"
    )
    (found,) = read_tables(content, "file")
    assert recognise_any(found)[0].export is None


def test_a_table_without_a_title_is_never_told_by_a_title():
    content = b"Date,Primary\n2026-05-25T00:00:00,1\n"
    (found,) = read_tables(content, "file")
    assert recognise_any(found)[0].export is None


def test_a_layout_its_title_does_not_promise_is_the_reason():
    recognition, _ = recognise_any(table("Views", '"Day","Figure"'))
    assert recognition.export is not None
    assert "'Primary' are expected" in recognition.reason


def test_two_exports_of_one_platform_for_one_title_are_an_error():
    twin = replace(EXPORTS["instagram_overview"], name="twin")
    with pytest.raises(RecognitionError, match="both claim the title 'Views'"):
        recognise_any(table("Views"), EXPORTS | {"twin": twin}, "instagram")


def test_a_language_is_added_without_code():
    export = EXPORTS["instagram_overview"].with_names('[titles.visits]\nda = ["Profilbesøg"]')
    recognition, _ = recognise_any(table("Profilbesøg"), {export.name: export})
    assert (recognition.about, recognition.language) == ("visits", "da")
