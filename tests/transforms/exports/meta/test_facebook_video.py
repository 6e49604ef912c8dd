from tests.transforms.deliveries.made_up import read_one

HEADER = (
    '"Video asset ID","Universal video ID","Page ID","Page name",Title,"Duration (sec)",'
    '"Publish time","Custom labels","Data comment",Date,Reach,"3-second video views",'
    '"Seconds viewed","Reactions, comments and shares",Reactions,Comments,Shares'
)
ROW = (
    '4388000000000001,,191000000000001,"Anna A",,10,"11/01/2025 11:04",,,Lifetime,90,50,700.5,'
    "3,2,1,0"
)
NAME = "facebook/anna/Oct-31-2025_Dec-30-2025_1664000000000001.csv"


def test_videos_are_known_and_kept_because_their_ids_are_not_those_of_posts():
    reading = read_one(NAME, f"{HEADER}\n{ROW}\n")
    assert (reading.record.export, reading.record.status) == ("facebook_video", "kept")
    assert "'Video asset ID'" in reading.record.reason
    assert "level Post" in reading.record.reason
    assert reading.tables == {}


def test_a_spreadsheet_that_quoted_its_lines_changes_nothing():
    wrapped = "\n".join('"' + line.replace('"', '""') + '"' for line in (HEADER, ROW))
    assert read_one(NAME, wrapped).record.export == "facebook_video"
