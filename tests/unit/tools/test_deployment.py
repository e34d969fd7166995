"""The local deployment changes of the template only what MiniStack does not know."""

from tools.deployment import without_labels

BUILT = """
          Condition:
            StringEquals:
              secretsmanager:VersionStage:
              - AWSCURRENT
          Condition:
            StringEquals:
              aws:SourceAccount: 1
"""


def test_a_condition_on_a_secrets_label_holds_where_no_label_is_told() -> None:
    assert without_labels(BUILT) == BUILT.replace("StringEquals:", "ForAllValues:StringEquals:", 1)
