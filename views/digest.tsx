import type { Child } from 'hono/jsx'
import type { Digest } from '../src/reports/digest.ts'
import { headOf, previewWords } from './digest-head.ts'
import type { OfferedDeed, WordedPart, WordedRow } from './digest-rows.ts'
import type { Addresses } from './digest-text.ts'
import { digestParts } from './digest-words.ts'
import { lamp, pictureSize } from './mail-style.ts'
import type { Tone } from './parts/marks.tsx'
import { tapWords } from './parts/taps.tsx'
import { paths } from './paths.ts'
import { defused, sentences } from './plain-text.ts'

interface DigestProps {
  digest: Digest
  addresses: Addresses
  pictures: readonly string[] // by name, those that go with it
}

/** The body of the letter: tables, because mail programs know nothing newer. It reads in order where styles are dropped. */
export function DigestLetter({ digest, addresses, pictures }: DigestProps) {
  const head = headOf(digest)
  return (
    <table class="paper" role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0}>
      <tr>
        <td align="center">
          <div class="preview">{defused(previewWords(digest))}</div>
          <table class="sheet" role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0}>
            <Line class="name">MUSTER</Line>
            <tr>
              <td class="told">
                {head.asOf}
                <br />
                {head.snapshot}
              </td>
            </tr>
            {head.late && <Line class="late">{defused(head.late)}</Line>}
            <tr>
              <td class={`verdict ${head.level}-lamp`} bgcolor={lamp[head.level]}>
                {defused(head.verdict)}
              </td>
            </tr>
            <Line class="counts">{head.counts.map(unbrokenFirst).join(' · ')}</Line>
            {digestParts(digest).map((part) => (
              <Part part={part} addresses={addresses} pictures={pictures} />
            ))}
            <Foot addresses={addresses} />
          </table>
        </td>
      </tr>
    </table>
  )
}

// A figure stays with its noun.
function unbrokenFirst(words: string): string {
  return words.replace(/(\d) /g, '$1\u00a0')
}

function Line({ class: look, children }: { class: string; children?: Child }) {
  return (
    <tr>
      <td class={look}>{children}</td>
    </tr>
  )
}

interface PartProps extends Omit<DigestProps, 'digest'> {
  part: WordedPart
}

function Part({ part: { title, words, rows, more }, addresses, pictures }: PartProps) {
  return (
    <>
      <tr>
        <td>
          <h2 class="heading">{defused(title)}</h2>
        </td>
      </tr>
      {words !== null && <Line class="cell">{defused(sentences([words]))}</Line>}
      {rows.length > 0 && (
        <tr>
          <td>
            <table class="rows" width="100%" cellpadding="0" cellspacing="0" border={0}>
              {rows.map((row, place) => (
                <>
                  {row.group !== null && row.group !== rows[place - 1]?.group && (
                    <tr>
                      <td class="group" colspan={2}>
                        {defused(row.group)}
                      </td>
                    </tr>
                  )}
                  <Row row={row} addresses={addresses} pictures={pictures} />
                </>
              ))}
            </table>
          </td>
        </tr>
      )}
      {more && (
        <Line class="cell">
          <a class="link" href={addresses.at(more.path)}>
            {more.words}
          </a>
        </Line>
      )}
    </>
  )
}

interface RowProps extends Omit<DigestProps, 'digest'> {
  row: WordedRow
}

// Shapes beside the colours, and words beside both.
const marks: Record<Tone, string> = { red: '◆', amber: '▲', green: '●', plain: '–' }

function Row({ row, addresses, pictures }: RowProps) {
  const { title, path, tone, figures, clauses, share, picture, deeds } = row
  return (
    <tr>
      <td class={`mark ${tone}`} width="22" valign="top">
        {marks[tone]}
      </td>
      <td class="row" valign="top">
        {path === null ? (
          <span class="untold">
            <bdi>{defused(title)}</bdi>
          </span>
        ) : (
          <a class="title" href={addresses.at(path)}>
            <bdi>{defused(title)}</bdi>
          </a>
        )}
        {figures.length > 0 && <Figures figures={figures} tone={tone} />}
        {share !== null && <Bar share={share} tone={tone} />}
        {clauses.length > 0 && <div class="clause">{defused(sentences(clauses))}</div>}
        {picture !== null && pictures.includes(picture.name) && <Chart {...picture} />}
        {deeds.map((offered, place) => (
          <Offer offered={offered} isFirst={place === 0} addresses={addresses} />
        ))}
      </td>
    </tr>
  )
}

/** Leads to a page that asks once more. */
function Offer({ offered, isFirst, addresses }: { offered: OfferedDeed; isFirst: boolean; addresses: Addresses }) {
  const address = addresses.offer(offered)
  return address === null ? null : (
    <>
      <a class={isFirst ? 'button' : 'second'} href={address}>
        {tapWords[offered.deed]}
      </a>{' '}
    </>
  )
}

/** A picture that came with the letter: where none is shown, its words are. */
function Chart({ name, words }: { name: string; words: string }) {
  return (
    <img
      class="chart"
      src={`cid:${name}@muster`}
      width={pictureSize.width}
      height={pictureSize.height}
      alt={defused(words)}
    />
  )
}

/** Each with its name above it; they break between each other where the screen is narrow. */
function Figures({ figures, tone }: { figures: WordedRow['figures']; tone: Tone }) {
  return (
    <div>
      {figures.map(({ name, value, loud }) => (
        <>
          <span class="figure">
            <span class="caption">{name}</span> <b class={loud ? tone : 'value'}>{unbroken(defused(value))}</b>
          </span>{' '}
        </>
      ))}
    </div>
  )
}

/** A short figure stays with its unit. */
function unbroken(value: string): string {
  return value.length <= 18 ? value.replaceAll(' ', '\u00a0') : value
}

/** A share drawn as two cells: no picture to be fetched, none to be blocked. */
function Bar({ share, tone }: { share: number; tone: Tone }) {
  const full = Math.round(share * 100)
  return (
    <table class="bar" role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0}>
      <tr>
        {full > 0 && (
          <td class="fill" width={`${full}%`} height="8" bgcolor={lamp[tone]}>
            &nbsp;
          </td>
        )}
        {full < 100 && (
          <td class="track" width={`${100 - full}%`} height="8" bgcolor="#d6d0c3">
            &nbsp;
          </td>
        )}
      </tr>
    </table>
  )
}

function Foot({ addresses: { at, stop, preferences } }: { addresses: Addresses }) {
  return (
    <tr>
      <td class="foot">
        <a class="link" href={at(paths.morning)}>
          This morning
        </a>
        {' · '}
        <a class="link" href={at(paths.checkIn)}>
          On the phone
        </a>
        {' · '}
        <a class="link" href={at(`${paths.checkIn}#raise`)}>
          Raise an item at the meeting
        </a>
        <br />
        {preferences && (
          <a class="link" href={preferences}>
            How often, at what hour, how much
          </a>
        )}
        {preferences && stop && ' · '}
        {stop && (
          <a class="link" href={stop}>
            Stop the digest
          </a>
        )}
      </td>
    </tr>
  )
}
