// A second reader of barred words beside the Dossier's own, so that proposals are checked before they become
// documents.

/// Finds words that no draft may print. Source: confiscation.md §8, "words barred in drafts".
enum BarredWords {
  /// One barred wording in a text, with why it is barred.
  struct Hit: Hashable, Sendable {
    /// As it stands in the text, in lower case.
    let wording: String
    let reason: String
  }

  /// Phrases of whole words, in lower case, with the reason.
  static let phrases: [(wording: String, reason: String)] = [
    ("proves", "a draft says what records show; the court decides what is shown"),
    ("guilty", "guilt is for the court"),
    ("certainly", "a draft states no certainty"),
    ("risk score", "a score is for the work queue, not for a court"),
    ("suspicion score", "a score is for the work queue, not for a court"),
    ("risk band", "a band is for the work queue, not for a court"),
    ("high risk", "a band is for the work queue, not for a court"),
    ("medium risk", "a band is for the work queue, not for a court"),
    ("low risk", "a band is for the work queue, not for a court"),
  ]

  /// Words barred only for a person without conviction.
  static let unconvicted = ["launderer", "launderers"]

  private static let becauses: Set<String> = [
    "because", "therefore", "since", "reason", "due", "as",
  ]

  /// Every barred wording of a text, in the order of the lists above.
  ///
  /// - Parameters:
  ///   - text: one sentence, block or document.
  ///   - speaksOfConvicted: true where the text speaks of a convicted person only.
  /// - Complexity: O(*n* · *p*) in the words of the text and the phrases.
  static func hits(in text: String, speaksOfConvicted: Bool = false) -> [Hit] {
    let words = words(of: text)
    var found = phrases.compactMap { phrase in
      contains(words, Self.words(of: phrase.wording))
        ? Hit(wording: phrase.wording, reason: phrase.reason) : nil
    }
    if !speaksOfConvicted {
      found += unconvicted.filter(words.contains).map {
        Hit(wording: $0, reason: "said of a person without conviction")
      }
    }
    for (index, word) in words.enumerated() {
      let next = index + 1 < words.count ? words[index + 1] : ""
      if word == "score" || word == "scored" || word == "scores",
        next.first?.isNumber == true
          || (next == "of" && index + 2 < words.count
            && words[index + 2].first?.isNumber == true)
      {
        found.append(Hit(wording: "\(word) \(next)", reason: "a score figure"))
      }
      if word == "nationality",
        words[max(0, index - 4)..<min(words.count, index + 5)].contains(where: becauses.contains)
      {
        found.append(Hit(wording: word, reason: "nationality is never a reason"))
      }
    }
    return found
  }

  private static func words(of text: String) -> [String] {
    text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init)
  }

  private static func contains(_ words: [String], _ phrase: [String]) -> Bool {
    guard let first = phrase.first else { return false }
    return words.indices.contains {
      words[$0] == first && words[$0...].starts(with: phrase)
    }
  }
}
