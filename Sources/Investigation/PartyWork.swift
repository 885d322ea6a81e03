import CaseModel
import CaseStore
import Identity

/// Who the records of a store speak of: reads them, resolves them, and keeps what a person decides.
public struct PartyWork: Sendable {
  private let store: Store

  public init(_ store: Store) { self.store = store }

  /// One party record with where it was read.
  public struct Source: Sendable {
    public let mention: PartyMention
    public let places: [SourceRef]
  }

  public struct Outcome: Sendable {
    /// By reference.
    public let sources: [String: Source]
    public let resolution: PartyResolution
    /// False when there were too many names to compare them letter by letter, which the result then says.
    public let comparedLetters: Bool
    /// False when there are more names at accounts than `PartyWork.namesMax`: only so many were read.
    public let readAllNames: Bool
  }

  /// - Complexity: O(*n* log *n*) in the records, plus one question to the letter index a name.
  public func resolve() async throws -> Outcome {
    var sources = try await sources()
    let names = try await names()
    sources.merge(names.sources) { entity, _ in entity }
    let references = sources.keys.sorted()
    let comparesLetters = references.count <= Store.alikeNamesMax
    var further: [(String, String)] = []
    if comparesLetters {
      let keys = references.map { reference in
        sources[reference].flatMap { source in
          source.mention.names.first.map {
            NameKey($0, isOrganisation: source.mention.kind == .organisation).text
          }
        } ?? ""
      }
      further = try await store.alikeNames(keys).map { (references[$0.0], references[$0.1]) }
    }
    let resolution = PartyResolution(
      of: references.compactMap { sources[$0]?.mention }, judgements: try await judgements(),
      further: further)
    return Outcome(
      sources: sources, resolution: resolution, comparedLetters: comparesLetters,
      readAllNames: names.isComplete)
  }

  /// Records what a person decided about two parties. Nothing of the evidence changes; a later decision
  /// about the same two stands above it.
  public func judge(_ judgement: PartyJudgement, reason: String, author: String) async throws {
    try await store.decide(
      Self.subject(judgement.first, judgement.second), verdict: judgement.verdict.rawValue,
      reason: reason, author: author)
  }

  private static let prefix = "party:"

  private static func subject(_ first: String, _ second: String) -> String {
    "\(prefix)\(first):\(second)"
  }

  private func judgements() async throws -> [PartyJudgement] {
    try await store.decisions(about: Self.prefix).compactMap { decision in
      let parts = decision.subject.dropFirst(Self.prefix.count).split(separator: ":")
      guard parts.count == 2, let verdict = PartyJudgement.Verdict(rawValue: decision.verdict)
      else { return nil }
      return PartyJudgement(String(parts[0]), String(parts[1]), verdict)
    }
  }

  /// The greatest number of names at accounts that are read. Our own bound: beyond it a person searches by
  /// account.
  public static let namesMax = 100_000

  /// Holders that statements name and other sides that entries name: a mention an account and name. The
  /// account is a number that does not identify alone: two people hold one account, and one name is
  /// written in many ways at it.
  private func names() async throws -> (sources: [String: Source], isComplete: Bool) {
    let named = try await store.namedParties(limit: Self.namesMax + 1)
    var sources: [String: Source] = [:]
    for party in named.prefix(Self.namesMax) {
      let space = party.account.map { "account \($0)" } ?? "name"
      let mention = PartyMention(
        reference: PartyMention.reference(space: space, id: party.name), kind: .unknown,
        names: [party.name],
        identifiers: party.account.map {
          [PartyIdentifier(scheme: "account", value: $0.iban ?? $0.text, isStrong: false)]
        } ?? [])
      sources[mention.reference] = Source(mention: mention, places: party.places)
    }
    return (sources, named.count <= Self.namesMax)
  }

  /// All versions of one record are one mention.
  private func sources() async throws -> [String: Source] {
    var versions: [String: [StoredEntity]] = [:]
    var last: StoredEntity?
    repeat {
      let page = try await store.statedEntities(schemas: PartyMention.schemas, after: last)
      for stored in page {
        let reference = PartyMention.reference(space: stored.entity.space, id: stored.entity.id)
        versions[reference, default: []].append(stored)
      }
      last = page.last
    } while last != nil
    return versions.compactMapValues { stored in
      // Keys order the versions, so that the first name is the same whatever was imported first.
      let ordered = stored.sorted {
        ($0.entity.statedOn?.dayNumber ?? .min, $0.entity.key)
          < ($1.entity.statedOn?.dayNumber ?? .min, $1.entity.key)
      }
      return PartyMention(ordered.map(\.entity), check: CheckDigits.verdict).map { mention in
        Source(mention: mention, places: ordered.flatMap(\.places).sorted())
      }
    }
  }
}
