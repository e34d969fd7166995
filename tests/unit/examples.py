"""Sets how many examples Hypothesis tries in a test that needs more than the others."""

from hypothesis import settings


def examples(number: int) -> settings:
    """Tries `number` examples, or with the profile `quick` as few as in other tests."""
    quick = settings.get_current_profile_name() == "quick"
    return settings(max_examples=settings.default.max_examples if quick else number)
