// Says at the end which tests passed at a second try only. A browser on a busy machine is given one; whoever reads
// the run still sees that the first one failed, and looks into it.
class SecondTries {
  onTestRunEnd(modules) {
    const second = modules.flatMap((module) => [...module.children.allTests('passed')]).filter((test) => test.diagnostic()?.flaky)
    for (const { module, fullName } of second) console.log(`passed at a second try only: ${module.relativeModuleId} > ${fullName}`)
  }
}
export { SecondTries as default }
