from tests.transforms.deliveries.made_up import read_one

LIVE = "Date, New followers,Viewers who commented,Likes,Shares\n20/6/2022,1,3,40,2\n"


def test_live_interactions_are_known_and_kept_and_no_other_daily_report():
    reading = read_one("tiktok/anna/LIVE_interaction.csv", LIVE)
    assert (reading.record.export, reading.record.status) == ("tiktok_live", "kept")
    assert "LIVE" in reading.record.reason
    assert reading.tables == {}


def test_a_folder_is_not_needed_to_tell_it():
    assert read_one("LIVE.csv", LIVE).record.platform == "tiktok"
