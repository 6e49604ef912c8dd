import os
import subprocess
import sys
from contextlib import ExitStack
from threading import Timer

import pytest

from warehouse.home import Home, StoreError, place, place_files


def test_every_folder_of_the_store_lies_below_the_home(tmp_path):
    home = Home(tmp_path / "home").create()
    made = {p.relative_to(home.path).as_posix() for p in home.path.rglob("*")}
    assert made == {
        "store",
        "store/archive",
        "store/deliveries",
        "store/loads",
        "store/reference",
        "store/withdrawals",
        "store/marts",
        "work",
    }
    assert home.warehouse == home.path / "warehouse.duckdb"
    assert home.generations == home.path / ".generations"


def test_a_relative_home_survives_a_change_of_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    home = Home("home")
    monkeypatch.chdir("/")
    assert home.archive == tmp_path / "home" / "store" / "archive"


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path):
    home = Home(tmp_path)
    with home.lock(), pytest.raises(StoreError, match=f"process {os.getpid()}"), home.lock():
        pass


def test_a_failed_second_lock_leaves_the_first_one_held(tmp_path):
    home = Home(tmp_path)
    with home.lock():
        with pytest.raises(StoreError), home.lock():
            pass
        assert home.sweep() == []


def test_the_lock_is_free_again_after_its_block_even_when_it_raises(tmp_path):
    home = Home(tmp_path)
    with pytest.raises(ZeroDivisionError), home.lock():
        raise ZeroDivisionError
    with home.lock():
        pass


def test_the_lock_is_free_again_when_its_process_is_killed(tmp_path):
    script = (
        "import sys, time; from warehouse.home import Home\n"
        "with Home(sys.argv[1]).lock():\n"
        "    print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match=f"process {holder.pid}"), Home(tmp_path).lock():
            pass
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    with Home(tmp_path).lock():
        pass


def test_who_waits_is_told_once_for_whom_and_then_writes(tmp_path):
    home, heard = Home(tmp_path), []
    holder = ExitStack()
    holder.enter_context(home.lock("night of 2026-03-31"))
    release = Timer(1.2, holder.close)
    release.start()
    with home.lock("backfill", wait_s=30, told=heard.append):
        release.join()
    (told,) = heard
    assert f"process {os.getpid()} (night of 2026-03-31, since 20" in told


def test_a_wait_that_is_over_names_the_run_that_still_writes(tmp_path):
    home = Home(tmp_path)
    held = pytest.raises(StoreError, match=r"\(night of 2026-03-31, since .* UTC\): wait until")
    with home.lock("night of 2026-03-31"), held, home.lock(wait_s=0.2):
        pass


def test_sweeping_empties_work_and_needs_the_lock(tmp_path):
    home = Home(tmp_path).create()
    (home.work / "crashed").mkdir()
    (home.work / "crashed" / "half").write_text("x")
    (home.work / "stray").write_text("x")
    with pytest.raises(StoreError, match="lock"):
        home.sweep()
    with home.lock():
        assert home.sweep() == ["crashed", "stray"]
    assert list(home.work.iterdir()) == []


def test_a_placed_folder_is_moved_with_all_that_is_in_it(tmp_path):
    home = Home(tmp_path).create()
    source = home.scratch("load")
    (source / "inner").mkdir()
    (source / "inner" / "file").write_text("x")
    assert place(source, home.loads / "one")
    assert (home.loads / "one" / "inner" / "file").read_text() == "x"
    assert not source.exists()


def test_what_lies_whole_at_the_target_is_kept(tmp_path):
    home = Home(tmp_path).create()
    for text in ("first", "second"):
        source = home.scratch("load")
        (source / "file").write_text(text)
        placed = place(source, home.loads / "one")
        assert placed == (text == "first")
        assert not source.exists()
    assert (home.loads / "one" / "file").read_text() == "first"


def test_many_files_are_placed_at_once(tmp_path):
    home = Home(tmp_path).create()
    scratch = home.scratch("many")
    moves = []
    for number in range(20):
        (scratch / str(number)).write_text(str(number))
        moves.append((scratch / str(number), home.archive / str(number % 3) / str(number)))
    place_files(moves)
    assert [target.read_text() for _, target in moves] == [str(n) for n in range(20)]
