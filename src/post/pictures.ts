import { availabilityDrawing } from '../../views/level-drawings.ts'
import { AbandonedError, programApart, toldApart } from '../record/apart.ts'
import { chartName } from '../reports/digest.ts'
import type { Told } from '../reports/told.ts'

/** A chart of a letter, to be attached to it. */
export interface Picture {
  name: string // of the chart it shows
  png: Buffer
}

/** The charts of a morning; none where they cannot be drawn, for all that a picture shows stands in the words beside it. */
export async function picturesOf(told: Told, onFault: (fault: unknown) => void): Promise<Picture[]> {
  try {
    return await drawPictures(told)
  } catch (fault) {
    if (fault instanceof AbandonedError) throw fault
    onFault(fault)
    return []
  }
}

/** Drawn by a program of its own: the drawing library is heavy, and holds up whoever waits for it. */
export async function drawPictures({ charts = [] }: Told): Promise<Picture[]> {
  if (charts.length === 0) return []
  const drawn = await toldApart(programApart(import.meta.url, 'drawing'), [
    JSON.stringify(charts.map(availabilityDrawing)),
  ])
  const pngs = JSON.parse(drawn) as string[] // as drawing.ts says them
  return pngs.map((png, place) => ({ name: chartName(place), png: Buffer.from(png, 'base64') }))
}
