/** How a class of a letter looks. Mail programs know no style sheets: each element is given its own (post/dressed.ts). */
export interface Look {
  light: string
  dark?: string // where the reader's screen is dark and the program says so
}

const text = 'font-family:system-ui,Arial,sans-serif'

/** Of the lamp and the bars: attributes every program obeys, even one without styles. */
export const lamp = { red: '#b3131c', amber: '#8a5600', green: '#176b34', plain: '#51555e' } as const

/** The colours of public/style/tokens.css, both of each pair set together so that no program turns one of them alone. */
export const mailStyle = {
  paper: {
    light: `background-color:#f6f3ec;color:#14161b;margin:0;padding:0;width:100%;${text}`,
    dark: 'background-color:#0b0e12;color:#f1eee6',
  },
  sheet: {
    light: 'background-color:#fffdf8;color:#14161b;width:100%;max-width:600px;border-collapse:collapse',
    dark: 'background-color:#141920;color:#f1eee6',
  },
  cell: { light: `padding:0 16px 12px 16px;font-size:15px;line-height:1.45;${text}` },
  name: {
    light: `padding:14px 16px 10px 16px;font-size:13px;letter-spacing:2px;font-weight:700;${text}`,
  },
  preview: { light: 'display:none;max-height:0;overflow:hidden' },
  verdict: { light: `padding:12px 16px;font-size:19px;line-height:1.35;font-weight:700;color:#ffffff;${text}` },
  'red-lamp': { light: `background-color:${lamp.red}` },
  'amber-lamp': { light: `background-color:${lamp.amber}` },
  'green-lamp': { light: `background-color:${lamp.green}` },
  late: {
    light: `padding:10px 16px;font-size:15px;font-weight:700;background-color:#fdf0cf;color:#7a4b00;${text}`,
    dark: 'background-color:#33270d;color:#ffbf47',
  },
  heading: {
    light: `margin:0;padding:14px 16px 6px 16px;font-size:16px;line-height:1.3;border-top:1px solid #d6d0c3;${text}`,
    dark: 'border-top-color:#2b323c',
  },
  group: {
    light: `padding:8px 16px 2px 16px;font-size:13px;font-weight:700;color:#51555e;${text}`,
    dark: 'color:#a9b0bb',
  },
  rows: { light: 'width:100%;border-collapse:collapse' },
  mark: { light: `padding:4px 0 4px 16px;width:22px;font-size:15px;font-weight:700;${text}` },
  row: {
    light: `padding:4px 16px 6px 6px;font-size:15px;line-height:1.4;word-break:break-word;overflow-wrap:anywhere;${text}`,
  },
  title: { light: 'color:#0a529e;font-weight:700;text-decoration:none', dark: 'color:#7cbcff' },
  untold: { light: 'font-weight:700' },
  figure: {
    light: 'display:inline-block;margin:3px 14px 3px 0;font-size:15px;line-height:1.3;vertical-align:top',
  },
  value: { light: 'font-weight:700' },
  caption: { light: 'display:block;font-size:12px;color:#51555e', dark: 'color:#a9b0bb' },
  clause: { light: 'font-size:14px;line-height:1.4;color:#51555e', dark: 'color:#a9b0bb' },
  told: {
    light: `padding:0 16px 12px 16px;font-size:13px;line-height:1.45;color:#51555e;${text}`,
    dark: 'color:#a9b0bb',
  },
  counts: { light: `padding:12px 16px;font-size:15px;line-height:1.45;${text}` },
  bar: { light: 'width:100%;max-width:320px;border-collapse:collapse;margin:4px 0', dark: '' },
  track: {
    light: 'height:8px;line-height:8px;font-size:1px;background-color:#d6d0c3',
    dark: 'background-color:#2b323c',
  },
  fill: { light: 'height:8px;line-height:8px;font-size:1px' },
  chart: { light: 'display:block;width:100%;max-width:420px;height:auto;border:0;margin:6px 0' },
  button: {
    light: `display:inline-block;margin:8px 0 4px 0;padding:12px 18px;font-size:15px;font-weight:700;text-decoration:none;color:#ffffff;background-color:#0a529e;${text}`,
    dark: 'color:#0b0e12;background-color:#7cbcff',
  },
  second: {
    light: `display:inline-block;margin:8px 0 4px 6px;padding:11px 16px;font-size:15px;font-weight:700;text-decoration:none;color:#0a529e;border:1px solid #0a529e;${text}`,
    dark: 'color:#7cbcff;border-color:#7cbcff',
  },
  link: { light: 'color:#0a529e', dark: 'color:#7cbcff' },
  foot: {
    light: `padding:14px 16px 24px 16px;font-size:13px;line-height:1.6;color:#51555e;border-top:1px solid #d6d0c3;${text}`,
    dark: 'color:#a9b0bb;border-top-color:#2b323c',
  },
  red: { light: 'color:#b1121b', dark: 'color:#ff8077' },
  amber: { light: 'color:#7a4b00', dark: 'color:#ffbf47' },
  green: { light: 'color:#17632f', dark: 'color:#62d58c' },
  plain: { light: 'color:#51555e', dark: 'color:#a9b0bb' },
} satisfies Record<string, Look>

/** Of a chart's picture: the light paper, whatever the screen is, so that its lines are seen on every one. */
export const pictureInks = {
  paper: '#fffdf8',
  ink: '#14161b',
  quiet: '#51555e',
  line: '#d6d0c3',
  red: '#b1121b',
} as const
export const pictureSize = { width: 420, height: 180 } as const
