"""What import-linter cannot see: foreign keys by name, assignments to `state`, templates."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

FLOORS = ["governance", "strategy", "advocacy"]
ROOT = Path(__file__).parent.parent


def test_foreign_keys_point_downstairs():
    upstairs = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for app in FLOORS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model._meta.app_label in FLOORS
        if FLOORS.index(field.related_model._meta.app_label) > FLOORS.index(app)
    ]
    assert upstairs == []


def writes_state(node):
    if isinstance(node, ast.Assign):
        return any(
            isinstance(t, ast.Attribute) and t.attr == "state" for t in node.targets
        )
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr == "update" and "state" in [k.arg for k in node.keywords]
    return False


def test_only_the_flow_writes_state():
    writers = {
        str(path.relative_to(ROOT))
        for app in [*FLOORS, "ncc_portal"]
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts
        if any(map(writes_state, ast.walk(ast.parse(path.read_text()))))
    }
    assert writers == {"governance/flow.py"}


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run")


def test_every_template_is_used():
    templates = {
        str(path.relative_to(ROOT / "templates"))
        for path in (ROOT / "templates").rglob("*.*")
    }
    sources = [
        path.read_text()
        for folder in (*FLOORS, "ncc_portal", "templates")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html", ".svg"}
    ]
    text = "\n".join(sources)
    stems = {f"{apps.get_model(k).stem}{end}" for k in kinds() for end in ENDINGS}
    unused = {
        name
        for name in templates
        if name not in stems
        and not name.startswith("account/")  # named by allauth
        and not re.fullmatch(r"[45]\d\d\.html", name)  # named by their status
        and f'"{name}"' not in text
    }
    assert unused == set()


ENDINGS = (".html", "_chapter.html")


def kinds():
    from django.conf import settings

    return settings.DOCUMENT_KINDS
