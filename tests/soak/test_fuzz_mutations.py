"""A hundred thousand changed exports: FUZZ_INPUTS says how many, FUZZ_SEED which."""

import os
from random import Random

from tests.soak import fuzz_inputs, fuzz_mutations

INPUTS = int(os.environ.get("FUZZ_INPUTS", "100000"))
SEED = int(os.environ.get("FUZZ_SEED", "0"))


def test_no_changed_export_raises_anything_but_a_reason(tmp_path):
    assert not fuzz_mutations.run(fuzz_inputs.known(), INPUTS, Random(SEED), tmp_path)
