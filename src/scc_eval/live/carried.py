"""What every page that is served carries: a script that loads it again when another is to be had,
and the style of the banner."""

from __future__ import annotations

from typing import Final, NamedTuple

STREAM: Final = "/_live"
"""Where a page hears of others; its own path follows. No evaluation has a name like it."""
SCRIPT: Final = """\
addEventListener("DOMContentLoaded",()=>{
const b=document.querySelector("[data-scc-live]"),d=b.querySelector("details"),h=history;let s;
h.scrollRestoration="auto";
const hear=()=>{if(document.hidden){if(s)s.close();s=null}else if(!s){
s=new EventSource("STREAM"+location.pathname);
s.onmessage=m=>{if(m.data!==b.dataset.sccLive){
if(!scrollY&&!location.hash)h.scrollRestoration="manual";location.reload()}}}};
document.addEventListener("visibilitychange",hear);hear();
if(d){const k="scc-live",m=sessionStorage;if(m[k])d.open=m[k]>0;
d.firstElementChild.addEventListener("click",()=>{m[k]=d.open?0:1})}
});""".replace("STREAM", STREAM)
"""A browser keeps few connections to a server: a page that is not seen has none, and asks when it
is seen again. The first message tells what is to be had now: nothing is missed. The browser keeps
the place in the text on a page that is loaded again; whoever was at its top stays there, where the
list is. Whether that was open is kept here."""
STYLE: Final = """\
.scc-live { grid-column: 1 / -1; margin: 0; padding: .45rem 1rem; font: .9rem/1.45 system-ui, \
sans-serif; color: #222; background: #f2f1ec; border-bottom: 1px solid #77736a; }
.scc-live p, .scc-live ol { margin: .2rem 0; } .scc-live p { font-weight: 600; }
.scc-live ol { max-height: 45vh; overflow: auto; padding-left: 2.2rem; }
.scc-live li { margin: .35rem 0; overflow-wrap: anywhere; } .scc-live li span { display: block; }
.scc-live .kept { position: fixed; inset: auto 0 0; z-index: 9; margin: 0; padding: .45rem 1rem; \
color: #222; background: #f7e3a1; border-top: 1px solid #77736a; }
body:has(.scc-live .kept) { padding-bottom: 4rem; }
.scc-live summary { cursor: pointer; } .scc-live a { color: #0b4a8f; }
.scc-live .error b { color: #9b1c1c; } .scc-live .warning b { color: #7a4a00; }
@media (prefers-color-scheme: dark) { .scc-live { color: #eceae4; background: #2a2926; }
  .scc-live a { color: #9cc4f5; } .scc-live .error b { color: #ffb0a8; }
  .scc-live .warning b { color: #f3c77a; } }
@media print { .scc-live { display: none; } }"""
"""How the banner looks."""


class Carried(NamedTuple):
    """What a page carries: a script, HTML for the top of the page, and the style of that."""

    script: str
    banner: str
    style: str
