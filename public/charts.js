// Draws what the table below each figure holds. Colours are read from the page, so both themes and print agree with it.
const colour = (name) => {
  const probe = document.body.appendChild(document.createElement('i'))
  probe.className = `ink-${name}`
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

const charts = []

function drawAll() {
  for (const chart of charts.splice(0)) chart.destroy()
  for (const canvas of document.querySelectorAll('[data-chart]')) charts.push(draw(canvas, canvas.dataset.chart))
}

// The configuration is views/chart-configuration.ts's: its colours are names of inks.
function draw(canvas, words) {
  const inks = Object.fromEntries(['ink', 'quiet', 'line', 'red'].map((name) => [name, colour(name)]))
  const inked = (key, value) => (/color$/i.test(key) ? (inks[value] ?? value) : value)
  return new Chart(canvas, JSON.parse(words, inked))
}

drawAll()
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll)
document.addEventListener('htmx:after:swap', drawAll)
// On paper the page is light, whatever it is on the screen.
addEventListener('beforeprint', drawAll)
addEventListener('afterprint', drawAll)
