from datetime import UTC, date, datetime

from tests.transforms.deliveries.made_up import broken, read_one, rows

HEADER = (
    '"Time","Video title","Video link","Post time","Total likes","Total comments",'
    '"Total shares","Total views"'
)
UPLOADED = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ID = str(int(UPLOADED.timestamp()) << 32)
LINK = f"https://www.tiktok.com/@Anna.B/video/{ID}"


def content(*lines: str) -> str:
    return "\ufeff" + "\n".join([HEADER, *lines])


def test_id_handle_and_publication_stand_in_the_link():
    text = content(f'"17 Μαρτίου","A, b","{LINK}","2 Μαρτίου","5","undefined","7","80"')
    reading = read_one("tiktok/anna.b/Content.csv", text)
    assert rows(
        reading, "post", "post_id", "account_ref", "published_at", "published_at_source",
        "format", "catalogue", "caption", "exported_by",
    ) == [(ID, "anna.b", UPLOADED, "post_id", "video", "top", "A, b", "anna.b")]  # fmt: skip
    assert rows(reading, "post_lifetime", "likes", "comments", "shares", "views") == [
        (5, None, 7, 80)
    ]


def test_the_day_of_export_is_the_first_such_day_after_the_newest_upload():
    reading = read_one(
        "tiktok/anna.b/Content.csv", content(f'"March 1","A","{LINK}","","1","1","1","1"')
    )
    record = reading.record
    assert (record.observed_on, record.observed_on_source) == (date(2026, 3, 1), "file")
    later = read_one(
        "tiktok/anna.b/Content.csv", content(f'"June 9","A","{LINK}","","1","1","1","1"')
    )
    assert later.record.observed_on == date(2026, 6, 9)


def test_the_account_in_the_link_outranks_the_folder():
    reading = read_one(
        "tiktok/bo/Content.csv", content(f'"June 9","A","{LINK}","","1","1","1","1"')
    )
    assert reading.record.account_ref == "anna.b"
    assert any("lies under bo" in note for note in reading.record.notes)


def test_a_file_outside_the_folders_is_read_if_it_names_its_account():
    text = content(f'"June 9","A","{LINK}","","1","1","1","1"')
    assert read_one("Content.csv", text).record.account_ref == "anna.b"


def test_the_form_of_2021_has_a_leaked_column_a_space_and_a_full_time():
    header = HEADER.replace('"Total likes"', '"video_view_within_days","Total likes"')
    header = header.replace("Total shares", "Total shares ")
    text = f'{header}\n"2026-03-17 06:29","A","{LINK}","2026-03-02 05:00","9","5","6","7","80"'
    reading = read_one("tiktok/anna.b/Trending.csv", text)
    assert rows(reading, "post_lifetime", "observed_on", "likes", "shares") == [
        (date(2026, 3, 17), 5, 7)
    ]


def test_an_unescaped_comma_in_a_title_is_put_right_from_the_link():
    text = HEADER.replace('"', "") + f"\nJune 9,One, two, three,{LINK},March 2,5,6,7,80"
    reading = read_one("tiktok/anna.b/Content.csv", text)
    assert rows(reading, "post", "caption", "post_id") == [("One, two, three", ID)]
    assert rows(reading, "post_lifetime", "likes", "comments", "shares", "views") == [(5, 6, 7, 80)]


def test_unescaped_quotes_in_a_title_are_read():
    text = content(
        f'"June 9","He said "hi", twice","{LINK}","March 2","5","6","7","80"',
        f'"June 9","Plain","{LINK[:-1]}1","March 2","1","1","1","1"',
    )
    reading = read_one("tiktok/anna.b/Content.csv", text)
    assert reading.record.loaded == 2
    assert rows(reading, "post_lifetime", "likes", "views") == [(5, 80), (1, 1)]
    assert "hi" in rows(reading, "post", "caption")[0][0]


def test_a_photo_post_is_a_carousel():
    photo = LINK.replace("/video/", "/photo/")
    reading = read_one("tiktok/anna.b/C.csv", content(f'"June 9","A","{photo}","","1","1","1","1"'))
    assert rows(reading, "post", "format") == [("carousel",)]


def test_a_record_without_a_link_is_quarantined():
    reading = read_one("tiktok/anna.b/C.csv", content('"June 9","A","n.a.","","1","1","1","1"'))
    assert broken(reading)[0] == (2, "Video link", "is not a link to a TikTok post", "n.a.")
