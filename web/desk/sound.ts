/** The sound of the desk: two short tones, again and again, while there are unacknowledged critical alerts. */
import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** `blocked`: it was wanted, and the browser waits for a click before it lets a page sound. */
export type SoundState = 'off' | 'blocked' | 'on'

const KEPT = 'qingkong-sound'
const EVERY = 3_000
const TONES = [{ hertz: 880, after: 0 }, { hertz: 660, after: 0.22 }] as const
const LENGTH = 0.18

function beep(context: AudioContext): void {
  for (const { hertz, after } of TONES) {
    const tone = context.createOscillator()
    const loudness = context.createGain()
    const start = context.currentTime + after
    tone.frequency.value = hertz
    // A ramp at both ends: a tone that is cut off cracks.
    loudness.gain.setValueAtTime(0, start)
    loudness.gain.linearRampToValueAtTime(0.35, start + 0.02)
    loudness.gain.linearRampToValueAtTime(0, start + LENGTH)
    tone.connect(loudness).connect(context.destination)
    tone.start(start)
    tone.stop(start + LENGTH)
  }
}

function remembered(): boolean {
  try { return window.localStorage.getItem(KEPT) !== 'off' } catch { return true }
}
function remember(on: boolean): void {
  try { window.localStorage.setItem(KEPT, on ? 'on' : 'off') } catch { /* it is asked for again next time */ }
}

/** The ear of the browser: whether it lets this page sound, and how to ask it. */
function speaker(state: Ref<SoundState>) {
  let context: AudioContext | null = null
  const say = (): void => { if (context?.state === 'running') beep(context) }
  const open = async (): Promise<void> => {
    context ??= new AudioContext()
    state.value = 'blocked'
    // Until the person has clicked something, some browsers leave this promise open for good; whoever leaves the page breaks it off.
    await Promise.race([context.resume().catch(() => undefined), new Promise((resolve) => { window.setTimeout(resolve, 500) })])
    state.value = context.state === 'running' ? 'on' : 'blocked'
  }
  return { say, open, close: () => { void context?.close() } }
}

/** Opens the speaker at the first click or key anywhere, which is what the browser waits for; not when the button goes down, for the bar then moves from under it and the click is lost. */
function unlockBy(state: Ref<SoundState>, open: () => Promise<void>): () => void {
  const unlock = ({ target }: Event): void => {
    // The button of the sound does it itself, and must not find it done.
    if (state.value === 'blocked' && target instanceof Element && target.closest('.sound') === null) void open()
  }
  window.addEventListener('click', unlock)
  window.addEventListener('keydown', unlock)
  return () => {
    window.removeEventListener('click', unlock)
    window.removeEventListener('keydown', unlock)
  }
}

/** `calls`: whether something calls for a sound now. */
export function useSound(calls: () => boolean) {
  const state = ref<SoundState>('off')
  const { say, open, close } = speaker(state)
  let repeat: number | undefined
  const silence = (): void => { window.clearInterval(repeat); repeat = undefined }
  watch(() => calls() && state.value === 'on', (sounds) => {
    silence()
    if (!sounds) return
    say()
    repeat = window.setInterval(say, EVERY)
  }, { immediate: true })
  const test = async (): Promise<void> => { await open(); remember(true); say() }
  const turn = async (): Promise<void> => {
    if (state.value !== 'on') { await test(); return }
    state.value = 'off'
    remember(false)
  }
  if (remembered()) void open()
  const locked = unlockBy(state, open)
  onScopeDispose(() => { silence(); close(); locked() })
  return { state, test, turn }
}
