"""Networks: what counts as one caller, where a limit holds."""

import pytest

from workflow.people.networks import network


@pytest.mark.parametrize(
    "remote, counted",
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:0:1::7", "2001:db8:0:1::/64"),
        ("2001:db8:0:1:ffff::1", "2001:db8:0:1::/64"),
        ("2001:db8:0:2::1", "2001:db8:0:2::/64"),
        ("unknown", "unknown"),
        ("x" * 9000, "x" * 64),
        ("", ""),
    ],
)
def test_a_network_counts_as_one_caller(remote: str, counted: str) -> None:
    assert network(remote) == counted
