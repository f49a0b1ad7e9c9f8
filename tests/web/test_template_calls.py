"""Templates that look things up in fewer steps: they show the same."""

from flask import Flask
from jinja2 import DictLoader, pass_context, pass_environment

from web import template_calls


def environment(**templates):
    app = Flask(__name__)
    template_calls.init_app(app)
    app.jinja_env.loader = DictLoader(templates)
    return app.jinja_env


class Greeter:
    def greet(self, name="you"):
        return f"Hello {name}"


def test_functions_and_methods_are_called_within_loops_and_blocks():
    text = "{% block all %}{% for name in names %}{{ greet(name) }}, {{ upper(word=name) }};{% endfor %}{% endblock %}"
    values = {"names": ["Ada", "Bo"], "greet": Greeter().greet, "upper": lambda word: word.upper()}
    assert environment(page=text).get_template("page").render(**values) == "Hello Ada, ADA;Hello Bo, BO;"


def test_a_function_that_wants_the_context_gets_it_with_the_variables_of_a_loop():
    @pass_context
    def of_context(context, name):
        return context[name]

    @pass_environment
    def of_environment(environment):
        return type(environment).__name__

    text = "{% for n in [1, 2] %}{% set one = n %}{{ of_context('one') }}{% endfor %}{{ of_environment() }}"
    rendered = environment(page=text).get_template("page").render(of_context=of_context, of_environment=of_environment)
    assert rendered == "12QuickEnvironment"


def test_what_becomes_global_later_is_seen_by_templates_that_are_loaded():
    found = environment(page="{{ later }}{% include 'part' %}", part="{{ later }}")
    page = found.get_template("page")
    found.globals["later"] = "x"
    assert page.render() == "xx"


def test_globals_of_one_template_are_not_those_of_all():
    found = environment(page="{{ own }}", other="{{ own }}")
    assert found.get_template("page", globals={"own": "x"}).render() == "x"
    assert found.get_template("other").render() == ""
