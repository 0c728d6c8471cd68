"""The theme's templates compiled for one language: sentences stand in them as constants and are not looked up again.

A page asks for forty sentences, imports ten components and calls sixty macros; done as the service does it, that was
half of the time of a build. What templates say is the same to the letter.
"""

import re
from functools import lru_cache
from typing import Any

from jinja2 import BytecodeCache, Environment, Template, nodes
from jinja2.bccache import Bucket
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from clinic_directory.shelf import Shelf
from theme.assets import Assets
from theme.environment import equip
from theme.words import gettext, pgettext, speaking


class Templates(Environment):
    """An environment that speaks `lang` alone; compiled templates are kept on the shelf, where there is one."""

    def __init__(self, lang: str, assets: Assets, shelf: Shelf | None) -> None:
        kept = _Kept(shelf, lang) if shelf else None
        super().__init__(autoescape=True, auto_reload=False, bytecode_cache=kept)
        self.context_class = _Context
        self.template_class = _Template
        self._lang = lang
        self._loaded: dict[str, Template] = {}
        equip(self, assets)

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:  # noqa: A002
        if name not in self._loaded:
            self._loaded[name] = super().get_template(name, parent, globals)
        return self._loaded[name]

    def make_globals(self, _names: Any) -> Any:
        """One map for all templates: none of ours has globals of its own."""
        return self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        # Jinja has no public hook between parsing and compiling.
        tree: nodes.Template = _Speaker(self._lang).visit(super()._parse(source, name, filename))
        return tree


class _Speaker(NodeTransformer):
    """Puts the translation into the place of `_("…")` and `{% trans %}`; plurals stay calls."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the name that Jinja's visitor looks for
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        said = [arg.value for arg in node.args if isinstance(arg, nodes.Const)]
        if name not in ("_", "gettext", "pgettext") or node.dyn_args or node.dyn_kwargs or len(said) != len(node.args):
            return node
        with speaking(self._lang):
            text = pgettext(*said) if name == "pgettext" else gettext(*said)
        if not node.kwargs:
            return _safe(text % {}, node)
        values = [nodes.Pair(nodes.Const(one.key), one.value, lineno=node.lineno) for one in node.kwargs]
        return nodes.Mod(_safe(text, node), nodes.Dict(values, lineno=node.lineno), lineno=node.lineno)


def _safe(text: str, node: nodes.Node) -> nodes.MarkSafe:
    return nodes.MarkSafe(nodes.Const(text, lineno=node.lineno), lineno=node.lineno)


_SPECIAL = re.compile(r"[&<>\"']")


def _escape(value: Any) -> str:
    """`markupsafe.escape` for what is only joined to a page: a text without a special sign is not wrapped."""
    if type(value) is str:
        return value if not _SPECIAL.search(value) else escape(value)
    return value if type(value) is Markup else escape(value)


class _Template(Template):
    @classmethod
    def from_code(cls, environment: Environment, code: Any, globals: Any, uptodate: Any = None) -> Template:  # noqa: A002
        found = super().from_code(environment, code, globals, uptodate)
        found.root_render_func.__globals__["escape"] = _escape
        return found

    def _get_default_module(self, _ctx: Context | None = None) -> Any:
        """Made once, without a look at the globals of whoever imports it."""
        if self._module is None:
            self._module = self.make_module()
        return self._module


class _Context(Context):
    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - keywords may have any name
        """The same with fewer questions: macros know themselves that they escape."""
        if getattr(__obj, "jinja_pass_arg", None) is not None:
            return super().call(__obj, *args, **kwargs)
        if kwargs:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
        if type(__obj) is Macro and __obj.name in _ALIKE and not kwargs:
            return _alike(__obj, args)
        return __obj(*args, **kwargs)


_ALIKE = ("icon", "badge", "sign")
"""Macros of a few words that stand on every page with the same arguments."""


@lru_cache(4096)
def _alike(macro: Macro, args: tuple[Any, ...]) -> Any:
    return macro(*args)


class _Kept(BytecodeCache):
    def __init__(self, shelf: Shelf, lang: str) -> None:
        self._shelf = shelf
        self._lang = lang

    def load_bytecode(self, bucket: Bucket) -> None:
        if stored := self._shelf.get(f"template {self._lang} {bucket.key}"):
            bucket.bytecode_from_string(stored)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._shelf.put(f"template {self._lang} {bucket.key}", bucket.bytecode_to_string())
