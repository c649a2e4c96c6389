import type { HookKind } from '../record/schema.ts'

/** What a chat room or a program is told: a headline, some paragraphs, and where to read on. */
export interface Message {
  type: string // digest, exposure.opened, exposure.aged, exposure.closed
  title: string
  parts: { title: string; words: string }[]
  url: string
  at: string // ISO
  about: Record<string, unknown> // for programs
}

/** The body a receiver of that kind understands. Words of others are words: no markup, no mention, no link of theirs. */
export function bodyFor(kind: HookKind, message: Message): unknown {
  switch (kind) {
    case 'slack':
      return slackBody(message)
    case 'teams':
      return teamsBody(message)
    case 'signed':
      return {
        type: message.type,
        timestamp: message.at,
        data: { ...message.about, title: message.title, parts: message.parts, url: message.url },
      }
  }
}

const longest = 2_800 // of a section; Slack takes 3,000

function slackBody({ title, parts, url }: Message) {
  const paragraphs = parts.map(({ title, words }) => `*${forSlack(title)}*\n${forSlack(words)}`)
  const text = (words: string) => ({ type: 'section', text: { type: 'mrkdwn', text: words.slice(0, longest) } })
  return {
    text: forSlack(title),
    unfurl_links: false,
    blocks: [text(`*${forSlack(title)}*`), ...paragraphs.slice(0, 20).map(text), text(`<${url}|Read on in Muster>`)],
  }
}

/** Slack's own three signs escaped, and what it would make bold or struck held apart: a title stays a title. */
function forSlack(words: string): string {
  return words
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[*_~`]/g, (sign) => `\u200b${sign}`)
    .replace(/@(here|channel|everyone)\b/gi, '@\u200b$1')
}

function teamsBody({ title, parts, url }: Message) {
  const block = (text: string, more: object = {}) => ({ type: 'TextBlock', text: forTeams(text), wrap: true, ...more })
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            block(title, { weight: 'Bolder', size: 'Medium' }),
            ...parts
              .slice(0, 20)
              .flatMap(({ title, words }) => [
                block(title, { weight: 'Bolder', spacing: 'Small' }),
                block(words.slice(0, longest)),
              ]),
          ],
          actions: [{ type: 'Action.OpenUrl', title: 'Read on in Muster', url }],
        },
      },
    ],
  }
}

/** A TextBlock knows a little Markdown: its signs are escaped. */
function forTeams(words: string): string {
  return words.replace(/[\\`*_{}[\]()#+!|<>~-]/g, '\\$&')
}
