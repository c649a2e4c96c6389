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

function draw(canvas, { label, objective, days, percents, struck }) {
  const [ink, quiet, line, red] = ['ink', 'quiet', 'line', 'red'].map(colour)
  const known = percents.filter((percent) => percent !== null)
  return new Chart(canvas, {
    type: 'line',
    data: {
      labels: days,
      datasets: [
        {
          label,
          data: percents,
          borderColor: ink,
          borderWidth: 2,
          stepped: 'middle',
          spanGaps: false,
          pointRadius: struck.map((is) => (is ? 6 : 0)),
          pointStyle: 'rectRot',
          pointBackgroundColor: red,
          pointBorderColor: ink,
        },
        ...(objective === null
          ? []
          : [
              {
                label: `target ${objective} %`,
                data: days.map(() => objective),
                borderColor: red,
                borderDash: [6, 4],
                borderWidth: 2,
                pointRadius: 0,
              },
            ]),
      ],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      scales: {
        x: { ticks: { color: quiet, maxTicksLimit: 7, maxRotation: 0 }, grid: { display: false } },
        y: {
          suggestedMax: 100,
          suggestedMin: Math.min(objective ?? 100, ...known) - 0.05,
          ticks: { color: quiet, maxTicksLimit: 5, callback: (value) => `${value.toFixed(2)} %` },
          grid: { color: line },
        },
      },
      plugins: { legend: { labels: { color: ink, usePointStyle: true, pointStyle: 'line' } } },
    },
  })
}

drawAll()
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll)
document.addEventListener('htmx:after:swap', drawAll)
