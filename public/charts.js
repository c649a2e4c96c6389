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
  for (const canvas of document.querySelectorAll('[data-chart]'))
    charts.push(draw(canvas, JSON.parse(canvas.dataset.chart)))
}

function draw(canvas, { unit, days, lines }) {
  const inks = Object.fromEntries(['ink', 'quiet', 'line', 'red'].map((name) => [name, colour(name)]))
  const places = unit === '%' ? 2 : 0
  return new Chart(canvas, {
    type: 'line',
    data: { labels: days, datasets: lines.map((line) => dataset(line, inks)) },
    options: {
      animation: false,
      maintainAspectRatio: false,
      scales: {
        x: { ticks: { color: inks.quiet, maxTicksLimit: 7, maxRotation: 0 }, grid: { display: false } },
        y: {
          grace: '5%',
          ...(unit === '%' && { max: 100 }),
          ticks: { color: inks.quiet, maxTicksLimit: 5, callback: (value) => `${value.toFixed(places)} ${unit}` },
          grid: { color: inks.line },
        },
      },
      plugins: { legend: { labels: { color: inks.ink, usePointStyle: true, pointStyle: 'line' } } },
    },
  })
}

function dataset({ label, ink, values, dashed, marked = [] }, inks) {
  return {
    label,
    data: values,
    borderColor: inks[ink],
    borderDash: dashed ? [6, 4] : [],
    borderWidth: 2,
    stepped: dashed ? false : 'middle',
    spanGaps: false,
    pointRadius: values.map((_, place) => (marked[place] ? 6 : 0)),
    pointStyle: 'rectRot',
    pointBackgroundColor: inks.red,
    pointBorderColor: inks[ink],
    clip: false,
  }
}

drawAll()
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll)
document.addEventListener('htmx:after:swap', drawAll)
// On paper the page is light, whatever it is on the screen.
addEventListener('beforeprint', drawAll)
addEventListener('afterprint', drawAll)
