"""What import-linter cannot see: foreign keys by name, assignments to `state`, templates."""

import ast
import re
from importlib import metadata
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from packaging.requirements import Requirement

from governance.models import (
    Comment,
    LegalInstrument,
    Report,
    Resolution,
    RoadmapAction,
    Workshop,
)

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
        and not (name.startswith("mail/") and f'"{Path(name).stem}"' in text)
    }
    assert unused == set()


def picture(flow):
    """A flow as a mermaid state diagram; what ends from almost anywhere is one arrow."""
    lines = [
        f"    {source} --> {move.target}"
        for move in flow.moves.values()
        for source in (sorted(move.sources) if len(move.sources) < 10 else ["open"])
    ]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


@pytest.mark.parametrize(
    "model", [Report, Comment, Workshop, Resolution, RoadmapAction, LegalInstrument]
)
def test_the_readme_shows_the_flow_as_it_is(model):
    shown = picture(model.flow)
    assert shown in (ROOT / "README.md").read_text(), shown


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(name):
    lines = (ROOT / name).read_text().splitlines()
    words = [line.split("#")[0].strip() for line in lines]
    assert [w for w in words if w and "==" not in w and not w.startswith("-r")] == []
    return {canonical(w.split("==")[0]) for w in words if "==" in w}


@pytest.mark.parametrize(
    "names", [["requirements.txt"], ["requirements.txt", "requirements-dev.txt"]]
)
def test_what_the_requirements_need_is_pinned_too(names):
    """Else an installation takes whatever version is newest that day."""
    have = set().union(*map(pinned, names))
    needed = {
        canonical(requirement.name)
        for name in have
        for requirement in map(Requirement, metadata.requires(name) or [])
        if not requirement.marker or requirement.marker.evaluate({"extra": ""})
    }
    assert needed - have == set()


ENDINGS = (".html", "_chapter.html")


def kinds():
    from django.conf import settings

    return settings.DOCUMENT_KINDS
