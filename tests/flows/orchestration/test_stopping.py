"""What a signal within polars comes to."""

import polars as pl
import pytest
from polars.exceptions import PanicException
from prefect.exceptions import TerminationSignal

from flows.orchestration.stopping import stopping_cleanly


def test_a_stop_that_polars_panics_over_is_a_stop():
    with pytest.raises(TerminationSignal), stopping_cleanly():
        raise PanicException(
            "Err value: PyErr { type: <class 'prefect.exceptions.TerminationSignal'>"
        )


def test_any_other_panic_and_any_other_error_stay_what_they_are():
    with pytest.raises(PanicException), stopping_cleanly():
        raise PanicException("index out of bounds")
    with pytest.raises(pl.exceptions.ComputeError), stopping_cleanly():
        raise pl.exceptions.ComputeError("no")
