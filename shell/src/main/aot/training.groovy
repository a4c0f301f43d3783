// Run once in the background, so that the AOT cache holds what scripts commonly touch.
def images = ls()
def lines = ['b', 'a'].collect { "${it}:${images.getClass().simpleName}" }.sort()
try {
    pull(image: 'not a reference')
} catch (Exception expected) {
    println "${lines.join(', ')} ${args.size()} ${expected.message}"
}
[1, 2, 3].findAll { it > 1 }.sum()
