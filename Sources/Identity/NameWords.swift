/// The words of names that identify nobody: legal forms, titles, particles. Data, in `Profiles/`.
struct NameWords: Sendable {
  /// Spellings of legal forms as token lists, longest first, with the form's code.
  let forms: [(spelling: [String], code: String)]
  let titles: Set<String>
  let particles: Set<String>

  /// The list that is built in. A line that cannot be read is left out and named by the tests.
  static let standard: NameWords = {
    let file = IdentityFiles.all.first { $0.name == "name-words.txt" }
    return NameWords(text: file?.text ?? "")
  }()

  /// Reads `form CODE: a | b`, `title: a | b`, `particle: a | b`; `#` begins a comment.
  /// - Complexity: O(*n* log *n*) in the words.
  init(text: String) {
    var forms: [(spelling: [String], code: String)] = []
    var titles: Set<String> = []
    var particles: Set<String> = []
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let head = line[..<colon].split(separator: " ")
      let words = line[line.index(after: colon)...].split(separator: "|").map {
        $0.split(separator: " ").map(String.init)
      }
      switch head.first {
      case "form" where head.count == 2: forms += words.map { ($0, String(head[1])) }
      case "title": titles.formUnion(words.flatMap { $0 })
      case "particle": particles.formUnion(words.flatMap { $0 })
      default: continue
      }
    }
    self.forms = forms.sorted {
      $0.spelling.count != $1.spelling.count
        ? $0.spelling.count > $1.spelling.count
        : $0.spelling.lexicographicallyPrecedes($1.spelling)
    }
    self.titles = titles
    self.particles = particles
  }
}
