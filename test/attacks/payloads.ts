// What breaks out of where a title may stand: text, an attribute, a script, a style, a comment, JSON, an address.
const ways = ['', '">', "'>", '</title>', '</script>', '--></textarea>', '"}]}</script>', '" ', '\u202e', '&quot;&gt;']
// What would run, load or ask, if it stood in the page as what it looks like. `hit` is the test's; nobody may call it.
export const means = [
  '<script>hit("script")</script>',
  '<img src=/canary/img onerror=hit("img")>',
  '<svg/onload=hit("svg")>',
  '<svg><script>hit("svg script")</script></svg>',
  '<iframe srcdoc="<script>parent.hit(1)</script>"></iframe>',
  '<iframe src="javascript:parent.hit(2)"></iframe>',
  '<a href="javascript:hit(3)" id=x autofocus onfocus=hit(4)>x</a>',
  '<body onload=hit(5)>',
  '<details open ontoggle=hit(6)>',
  '<input autofocus onfocus=hit(7)>',
  '<form action="/canary/form"><button formaction="javascript:hit(8)">x</button></form>',
  '<base href="https://evil.example/">',
  '<meta http-equiv=refresh content="0;url=/canary/meta">',
  '<link rel=stylesheet href=/canary/style>',
  '<style>*{background:url(/canary/css)}</style>',
  '<object data="/canary/object"></object>',
  '<embed src="/canary/embed">',
  '<video><source onerror=hit(9) src=/canary/video></video>',
  '<math><mtext></mtext><mglyph><svg onload=hit(10)></mglyph></math>',
  '<div hx-get="/canary/hx" hx-trigger="load"></div>',
  '<div hx-on:load="hit(11)" hx-trigger="load"></div>',
  '<div hx-vals="js:{a:hit(12)}" hx-post="/canary/vals" hx-trigger="load"></div>',
  '<template><script>hit(13)</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=hit(14)>">',
  'onmouseover=hit(15) style=position:fixed;inset:0',
  'javascript:hit(16)//',
  'data:text/html,<script>parent.hit(17)</script>',
  '{{constructor.constructor("hit(18)")()}}',
  '=HYPERLINK("javascript:hit(20)","x")',
  '\r\nSet-Cookie: hit=1\r\n\r\n<script>hit(21)</script>',
] as const

/** 300 hostile titles. */
export const payloads: readonly string[] = ways.flatMap((way) => means.map((mean) => way + mean))

/** The nth of them, round and round. */
export function payload(number: number): string {
  return payloads[number % payloads.length] ?? ''
}

/** What a hostile tool would give as the address of something. */
export const addresses: readonly string[] = [
  'javascript:hit("address")',
  'JaVaScRiPt:hit("address")//https://ok.example',
  'data:text/html,<script>hit("address")</script>',
  ' javascript:hit("address")',
  'java\tscript:hit("address")',
  'vbscript:hit("address")',
  '//evil.example/" onclick="hit(1)',
  'https://ok.example/" onmouseover="hit(2)',
]
