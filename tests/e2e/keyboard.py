"""A hand at a keyboard, and nothing else: it goes where it wants by keys, and looks at each stop that it passes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from playwright.sync_api import Locator, Page

MOST_STOPS = 60
"""How many stops a thing may be away from where one is: who needs more has lost their way."""
ALL_STOPS = 250
"""How many stops a screen may have in all."""
RING_MS = 100
_STOP = """target => {
  let node = document.activeElement
  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement
  if (!node || node === document.body) return null
  const shown = node.closest('label') ?? node
  const ringed = [node, shown, node.parentElement, node.closest('.cm-editor') ?? node].some(each => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each)
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 || boxShadow !== 'none'
  })
  const box = shown.getBoundingClientRect()
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)]
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)]
  const on = left < right && top < bottom && document.elementsFromPoint((left + right) / 2, (top + bottom) / 2)[0]
  const seen = on && (shown.contains(on) || on.contains(shown) || on.shadowRoot?.contains(shown))
  const light = each => each.getRootNode() instanceof ShadowRoot ? light(each.getRootNode().host) : each
  const precedes = target && light(node).compareDocumentPosition(light(target)) & Node.DOCUMENT_POSITION_PRECEDING
  const isGroup = target?.type === 'radio' && node.type === 'radio' && node.name === target.name
  return {
    is: node === target || !!target?.contains(node) && !node.matches('a, button, input, select, textarea'),
    isGroup,
    checked: !!node.checked,
    inScreen: !!node.closest('main, dialog'),
    behind: !!precedes,
    what: (node.getAttribute('aria-label') || node.innerText || node.outerHTML).slice(0, 80),
    wrong: [...(ringed ? [] : ['no ring']), ...(seen ? [] : ['out of sight, or covered'])],
  }
}"""


@dataclass
class Keyboard:
    """Somebody at a page who has no mouse."""

    page: Page

    def press(self, *keys: str) -> None:
        """Presses one key after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def go_to(self, what: Locator) -> None:
        """Goes to a control by Tab, or by Shift+Tab if it stands before; within a choice by the arrows."""
        target = what.element_handle()
        passed: list[str] = []
        here = self._looked(target)
        step = "Shift+Tab" if here and here["behind"] else "Tab"
        while not (here and (here["is"] or here["isGroup"])):
            assert len(passed) < MOST_STOPS, f"{what} is not reached by {step}: {passed}"
            here = self._step(step, target)
            passed.append(here["what"] if here else "the page")
        while not here["is"]:
            assert len(passed) < MOST_STOPS, f"{what} is not reached by the arrows: {passed}"
            here = self._step("ArrowRight", target)
            passed.append(here["what"])

    def use(self, what: Locator) -> None:
        """Goes to a link or a button, and presses Enter."""
        self.go_to(what)
        self.press("Enter")

    def choose(self, what: Locator) -> None:
        """Goes to an answer of a choice, or to a tick, and takes it."""
        self.go_to(what)
        here = self._looked()
        if here and not here["checked"]:
            self.press("Space")

    def write(self, what: Locator, text: str) -> None:
        """Goes to a field, and types over what stands in it."""
        self.go_to(what)
        self.press("Control+a")
        self.page.keyboard.type(text)

    def write_day(self, what: Locator, day: date) -> None:
        """Goes to a field with a day, from before it, and writes one as a browser in English takes it."""
        self.go_to(what)
        self.press("ArrowLeft", "ArrowLeft")  # from the year to the month
        self.page.keyboard.type(f"{day:%m%d%Y}")

    def leave_screen(self) -> int:
        """Tabs on through all that is left of the screen, until its end; gives how many stops there were."""
        for stops in range(ALL_STOPS):
            here = self._step("Tab")
            if not here or not here["inScreen"]:
                return stops
        raise AssertionError(f"the screen has no end: {here and here['what']}")

    def _step(self, key: str, target: Any = None) -> Any:
        self.press(key)
        here = self._looked(target)
        if here and here["wrong"]:  # the editor draws its ring a moment later
            self.page.wait_for_timeout(RING_MS)
            here = self._looked(target)
        assert not here or not here["wrong"], f"{here['what']}: {here['wrong']}"
        return here

    def _looked(self, target: Any = None) -> Any:
        """Where the focus is, how it looks there, and how that is to the target."""
        return self.page.evaluate(_STOP, target)
