"""How Jinja's templates become Python code: with less of it where ours need less.

Templates see frozen records, so `a.b` is just an attribute. Most of what they show are numbers and
texts with nothing to escape: the values between two statements are looked through all at once, and
go with the text around them into one string.
"""

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape


class LeanCode(CodeGenerator):
    """Generates code that escapes where it must, and reads attributes without asking the environment."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """Begin a template's code with what the rest of it uses."""
        self.writeline(f"from {__name__} import {plain.__name__}, {shown.__name__}")
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write `a.b`; it raises for what there is not, as StrictUndefined would."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """Write the values one by one, then what shows them all: as they are, or escaped."""
        if frame.eval_ctx.volatile or frame.require_output_check:
            super().visit_Output(node, frame)
            return
        as_they_are, escaped, asked = [], [], []
        for number, child in enumerate(node.nodes):
            if isinstance(child, nodes.TemplateData):
                as_they_are.append(repr(child.data))
                escaped.append(repr(child.data))
                continue
            safe = _marked_safe(child)
            self.writeline(f"v_{number} = ", child)
            self.visit(safe or child, frame)
            as_they_are.append(f"f'{{v_{number}}}'")
            escaped.append(as_they_are[-1] if safe else f"f'{{{shown.__name__}(v_{number})}}'")
            if not safe:
                asked.append(as_they_are[-1])
        self.start_write(frame)
        self.write(" ".join(as_they_are if not frame.eval_ctx.autoescape else escaped))
        if frame.eval_ctx.autoescape and len(asked) > 1:
            test = f"not {plain.__name__}({' '.join(asked)})"
            self.write(f" if {test} else {' '.join(as_they_are)}")
        self.end_write(frame)


def _marked_safe(value: nodes.Expr) -> nodes.Expr | None:
    """What a template says is safe to show as it is: `a` of `a | safe`."""
    return value.node if isinstance(value, nodes.Filter) and value.name == "safe" else None


def plain(text: str) -> bool:
    """Whether there is nothing to escape in a text."""
    return not ("&" in text or "<" in text or ">" in text or '"' in text or "'" in text)


def shown(value: object) -> str:
    """A value as HTML shows it, as markupsafe.escape does it: several times as fast for what is plain."""
    if type(value) is int or (type(value) is str and plain(value)):
        return str(value)
    return escape(value)
