declare module 'autocannon' {
  export interface Asked {
    method?: string
    path?: string
    body?: string
    headers?: Record<string, string>
  }
  export interface Options {
    url: string
    connections: number
    duration?: number
    amount?: number
    workers?: number // threads that press beside this one
    requests?: (Asked & { setupRequest?: (asked: Asked) => Asked })[]
  }
  export interface Result {
    requests: { average: number; total: number }
    latency: { p50: number; p99: number; max: number }
    duration: number
    errors: number
    non2xx: number
    '2xx': number
  }
  // biome-ignore lint/style/noDefaultExport: that is how autocannon is exported
  export default function autocannon(options: Options): Promise<Result>
}
