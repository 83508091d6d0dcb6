"""The stage clock sums up seconds and keeps the highest memory of each stage."""

import numpy as np

from medscribe.pipeline.clock import StageClock


def test_a_stage_measured_twice_is_summed_up() -> None:
    clock = StageClock()
    with clock.measure("mask"):
        pass
    first = clock.seconds["mask"]
    with clock.measure("mask"):
        sum(range(10_000))

    assert clock.seconds["mask"] > first
    assert list(clock.seconds) == ["mask"]


def test_the_peak_of_a_stage_counts_memory_that_was_freed_again() -> None:
    clock = StageClock()
    with clock.measure("small"):
        pass
    with clock.measure("large"):
        block = np.ones(100 * 1024 * 1024 // 8)
        del block

    assert clock.peak_mib["large"] > clock.peak_mib["small"] + 50


def test_a_stage_that_fails_is_measured_as_well() -> None:
    clock = StageClock()
    try:
        with clock.measure("check"):
            raise ValueError
    except ValueError:
        pass

    assert "check" in clock.seconds
