"""Prints how many years, leads and deadlines were simulated."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many years, leads and deadlines there were."""
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    for name, value in (found for report in reports for found in report.user_properties):
        if name == "simulated":
            terminalreporter.write_line(f"simulated years: {value}")
