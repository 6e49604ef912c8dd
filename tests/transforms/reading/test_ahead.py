"""What a thread makes ahead comes in order, and its error where it happened."""

import threading

import pytest

from transforms.reading.ahead import made_beside, one_ahead


def test_items_come_in_order():
    assert list(one_ahead(range(5))) == [0, 1, 2, 3, 4]
    assert list(one_ahead([None, None])) == [None, None]
    assert list(one_ahead([])) == []


def test_the_next_item_is_made_while_one_is_used():
    made = [threading.Event() for _ in range(3)]

    def items():
        for event in made:
            event.set()
            yield event

    waiting = one_ahead(items())
    next(waiting)
    assert made[1].wait(timeout=10)
    assert not made[2].is_set()
    waiting.close()


def test_an_error_comes_after_the_items_before_it():
    def items():
        yield 1
        raise ValueError("broken")

    waiting = one_ahead(items())
    assert next(waiting) == 1
    with pytest.raises(ValueError, match="broken"):
        next(waiting)


def test_what_is_made_beside_comes_in_the_order_of_its_items():
    first_may_end = threading.Event()

    def make(item):
        if item == 0:
            assert first_may_end.wait(timeout=10)
        else:
            first_may_end.set()
        return 10 * item

    assert list(made_beside(make, range(5))) == [0, 10, 20, 30, 40]
    assert list(made_beside(make, [])) == []


def test_an_error_of_making_comes_after_what_was_made_before_it():
    def make(item):
        if item == 1:
            raise ValueError("broken")
        return item

    made = made_beside(make, range(3))
    assert next(made) == 0
    with pytest.raises(ValueError, match="broken"):
        next(made)
