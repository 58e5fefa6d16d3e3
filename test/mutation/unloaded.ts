import type { Reporter, TestModule } from 'vitest/node'

/** What is read of a file's task, and what is put into it. */
type Task = { id: string; result?: { state: string }; tasks: unknown[] }

/**
 * A test file that a mutant keeps from loading has noticed it: Stryker counts tests that fail, such a file has none, and the
 * mutant would be called a survivor (stryker-js issue 6150). So the file gets one failed test, which is its error.
 */
export const unloaded: Reporter = {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const { task } of modules as unknown as readonly { task: Task }[]) {
      if (task.result?.state !== 'fail' || task.tasks.length > 0) continue
      task.tasks.push({ type: 'test', id: `${task.id}_0`, name: 'loads', mode: 'run', meta: {}, file: task, suite: task, result: task.result })
    }
  },
}
