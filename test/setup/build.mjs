/** Before any test: nothing yet. */
export default function setup() {}
