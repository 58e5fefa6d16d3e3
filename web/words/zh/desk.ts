export const desk = {
  title: '值守台',
}
