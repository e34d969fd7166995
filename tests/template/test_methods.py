"""The gateway answers an unknown method of a path with 405 and the allowed methods."""

from collections import defaultdict

from tests.template.parsed_template import paths, sources

ANY = "x-amazon-apigateway-any-method"
PATHS = paths()


def test_every_path_answers_an_unknown_method_with_405_and_the_allowed_methods() -> None:
    has = defaultdict(set)
    for route in sources("Api"):
        has[route.properties["Path"]].add(route.properties["Method"].upper())
    told = {path: PATHS[path][ANY]["x-amazon-apigateway-integration"]["responses"]["default"] for path in PATHS}
    allowed = {path: answer["responseParameters"]["method.response.header.Allow"] for path, answer in told.items()}

    assert allowed == {path: f"'{', '.join(sorted(verbs))}'" for path, verbs in has.items()}, (
        "name each path with its methods in DefinitionBody of Api in template.yaml, by an anchor of there (&only-…)"
    )
    assert {answer["statusCode"] for answer in told.values()} == {"405"}


def test_every_path_for_staff_answers_the_preflight_of_a_browser_without_a_token() -> None:
    public = ("/console", "/forms/", "/links/", "/reviews/", "/reassignments/", "/webhooks/", "/reports/weekly/")
    asked = {path: PATHS[path].get("options") for path in PATHS if not path.startswith(public)}
    assert len(asked) > 40
    for path, preflight in asked.items():
        assert preflight, f"{path} has no `options: *preflight` in DefinitionBody of Api in template.yaml"
        assert preflight["security"] == [{"NONE": []}]
        integration = preflight["x-amazon-apigateway-integration"]
        assert (integration["type"], integration["httpMethod"]) == ("aws_proxy", "POST")
        assert "AnswerPreflightFunction.Arn" in str(integration["uri"])
