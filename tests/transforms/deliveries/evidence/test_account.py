from tests.transforms.deliveries.made_up import read, read_one, source

TABLE = "Content,Video title,Views,Subscribers\naaaaaaaaaa1,A,7,1\naaaaaaaaaa2,B,2,-1\n"

OVERVIEW = (
    '"Date","Video Views","Profile Views","Likes","Comments","Shares"\n'
    '"April 1","1","2","3","4","5"'
)


def test_a_file_outside_the_folders_that_names_no_account_is_refused():
    record = read_one("Table data.csv", TABLE).record
    assert (record.export, record.status, record.rows_in) == ("youtube_content", "refused", 0)
    assert "names no account" in record.reason


def test_the_file_outranks_the_platform_of_its_folder():
    record = read_one("tiktok/anna/t.csv", TABLE).record
    assert (record.platform, record.account_ref) == ("youtube", "anna")
    assert any("lies under tiktok" in note for note in record.notes)


def test_a_handle_in_a_zips_name_outranks_a_siblings_and_the_folders():
    readings = read(
        source(
            "tiktok/bo/Overview_2026-03-01_1775606400_anna.zip", OVERVIEW, member="Overview.csv"
        ),
        source("tiktok/bo/Overview.csv", OVERVIEW.replace("April 1", "April 2")),
    )
    assert [reading.record.account_ref for reading in readings] == ["anna", "anna"]


def test_siblings_of_two_accounts_lend_none():
    readings = read(
        *(
            source(f"tiktok/bo/Overview_2026-03-01_1775606400_{name}.zip", OVERVIEW, member="o.csv")
            for name in ("anna", "cleo")
        ),
        source("tiktok/bo/Overview.csv", OVERVIEW.replace("April 1", "April 2")),
    )
    assert [reading.record.account_ref for reading in readings] == ["bo", "anna", "cleo"]


def test_a_members_name_is_no_handle_so_that_a_file_outside_of_a_folder_is_refused():
    content = "Date,Impressions,Engagements\n12/16/2025,1,0\n"
    reading = read_one("AggregateAnalytics_Anna Berg_2025-12-10_2025-12-16.csv", content)
    assert (reading.record.export, reading.record.status) == ("linkedin_engagement", "refused")
    assert "names no account" in reading.record.reason
