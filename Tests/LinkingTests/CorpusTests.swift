import CaseModel
import Linking
import Testing

@Suite("The matching on a labelled corpus")
struct CorpusTests {
  /// Right and wrong among the matched, and how much of the truth they are, in ten thousandths.
  struct Score {
    var right = 0
    var wrong = 0
    var missed = 0
    var precision: Int { right + wrong == 0 ? 10_000 : right * 10_000 / (right + wrong) }
    var recall: Int { right + missed == 0 ? 10_000 : right * 10_000 / (right + missed) }

    mutating func count(_ corpus: Corpus, _ links: [Link]) {
      let matched = Set(links.map { $0.from.map(\.key).sorted() + $0.to.map(\.key).sorted() })
      right += matched.intersection(corpus.truth).count
      wrong += matched.subtracting(corpus.truth).count
      missed += corpus.truth.subtracting(matched).count
    }

    func text(_ name: String) -> String {
      "\(name): \(right) right, \(wrong) wrong, \(missed) missed; "
        + "precision \(precision) and recall \(recall) of 10 000"
    }
  }

  @Test("precision is at least 0.99, at a recall of at least 0.80, over three seeds")
  func precision() {
    var score = Score()
    for seed in 1...3 {
      let corpus = Corpus(seed: UInt64(seed), movements: 3_000)
      let result = findLinks(in: LinkInput(legs: corpus.legs, records: corpus.records))
      score.count(corpus, result.links.filter { $0.status == .matched })
      for kind in [Link.Kind.twoLegs, .batch, .message] {
        let some = result.links.filter { $0.kind == kind }
        print(
          "seed \(seed) \(kind.rawValue):", some.count { $0.status == .matched }, "matched,",
          some.count { $0.status == .proposal }, "proposed,",
          some.count { $0.status == .contradicted }, "contradicted")
      }
    }
    print(score.text("all kinds, precision and recall"))
    #expect(score.precision >= 9_900)
    #expect(score.recall >= 8_000)
  }

  @Test("every match lists an amount, a direction and what identifies it")
  func explained() {
    let corpus = Corpus(seed: 9, movements: 1_500)
    let result = findLinks(in: LinkInput(legs: corpus.legs, records: corpus.records))
    #expect(result.links.count > 500)
    for link in result.links where link.status == .matched {
      let names = Set(link.constraints.map(\.name))
      #expect(!names.isDisjoint(with: [.amount, .charges, .exchange, .batch]), "\(link)")
      #expect(names.contains(.sign), "\(link)")
      #expect(!names.isDisjoint(with: [.account, .reference, .ownAccount]), "\(link)")
      #expect(!link.reason.isEmpty)
    }
  }

  @Test("no record that was refused is matched, and no entry is in two matches of a kind")
  func sound() {
    let corpus = Corpus(seed: 10, movements: 2_000)
    let result = findLinks(in: LinkInput(legs: corpus.legs, records: corpus.records))
    let refused = Set(corpus.records.filter { $0.status != nil }.map { LinkKey.record($0.key) })
    var legs: Set<LinkKey> = []
    for link in result.links where link.status == .matched {
      #expect(refused.isDisjoint(with: link.from.map(\.key)), "\(link)")
      guard link.kind == .twoLegs || link.kind == .batch else { continue }
      for member in link.from + link.to {
        #expect(legs.insert(member.key).inserted, "\(member.key) is matched twice")
      }
    }
    #expect(legs.count > 1_000)
  }

  @Test("the order of entries and records changes nothing on the corpus")
  func order() {
    let corpus = Corpus(seed: 11, movements: 1_500)
    let one = findLinks(in: LinkInput(legs: corpus.legs, records: corpus.records))
    var random = Seeded(99)
    for _ in 0..<3 {
      let other = findLinks(
        in: LinkInput(
          legs: corpus.legs.shuffled(using: &random),
          records: corpus.records.shuffled(using: &random)))
      #expect(other == one)
    }
  }
}
