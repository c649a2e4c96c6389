/** Ways out of a folder, each as a part of an address. */
export const ways: readonly string[] = [
  '/etc/passwd',
  '../package.json',
  '../../src/main.ts',
  '..%2f..%2fpackage.json',
].flatMap((goal) => {
  const up = [
    '../',
    '..\\',
    '%2e%2e/',
    '%2e%2e%2f',
    '..%2f',
    '..%5c',
    '%252e%252e%252f',
    '..%c0%af',
    '....//',
    './../',
    '..;/',
    '%00../',
  ]
  return [goal, ...up.flatMap((one) => [1, 2, 4, 8].map((times) => one.repeat(times) + goal.replace(/^[./]+/, '')))]
})

/** Addresses of other houses, as one would write them where a path of this house is asked for. */
export const elsewhere: readonly string[] = [
  ...[
    '//evil.example',
    '///evil.example',
    '////evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '\\/evil.example',
  ],
  ...[
    'https://evil.example',
    'http://evil.example',
    'https:evil.example',
    'https:/evil.example',
    'HTTPS://evil.example',
  ],
  ...['//evil.example%2f@localhost', '//localhost@evil.example', '//evil.example#localhost', '//evil.example?x'],
  ...[
    '/%09/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
  ],
  ...['/%5cevil.example', '/%2f/evil.example', '/.//evil.example', '/..//evil.example', '/./\\evil.example'],
  ...[
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    '\x01javascript:alert(1)',
    'data:text/html,x',
  ],
  ...['vbscript:x', 'file:///etc/passwd', 'ftp://evil.example', 'mailto:a@evil.example', 'blob:x', 'about:blank'],
  ...[
    'evil.example',
    'www.evil.example',
    '@evil.example',
    '.evil.example',
    ':80',
    '?//evil.example',
    '#//evil.example',
  ],
  ...['/\u2028/evil.example', '/\u0000/evil.example', '/\uff0fevil.example', '/。evil.example', '//[::1]', '//0x7f.1'],
  ...[
    '//evil\u3002example',
    '/x\r\nset-cookie: a=b',
    '/x\nlocation: //evil.example',
    '',
    '/'.repeat(40),
    '//',
    '/\\',
    '\\',
  ],
  ...['///', '/%2f%2fevil.example', '//evil.example:443', '/%0d%0alocation:%20//evil.example'],
]
