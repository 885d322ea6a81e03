import CaseModel

/// What the statements of a file say together: references, versions, sums of shares.
struct BODSRegister {
  struct Finding {
    let code: String
    let places: [Locator]
    let found: String
    let expected: String
  }

  private(set) var count = 0
  private var recordIDs: Set<String> = []
  private var statementIDs: Set<String> = []
  private var repeatedStatements: [Locator] = []
  private var withoutID: [Locator] = []
  private var unusableEnds: [Locator] = []
  private var references: [(id: String, at: Locator)] = []
  private var components: [(id: String, at: Locator)] = []
  private var versions: [String: [Version]] = [:]
  private var relations: [String: Relation] = [:]
  private var oddShares: [Locator] = []

  private struct Version {
    let status: String?
    let date: CivilDate?
    let at: Locator
  }

  /// The latest version of one relationship record.
  private struct Relation {
    let subject: String
    let date: CivilDate?
    let isClosed: Bool
    let interests: [BODSInterest]
    let at: Locator
  }

  mutating func add(_ statement: BODSStatement) {
    count += 1
    let place = statement.locator
    recordIDs.insert(statement.recordID)
    if let id = statement.statementID, !id.isEmpty {
      if !statementIDs.insert(id).inserted { repeatedStatements.append(place) }
    } else {
      withoutID.append(place)
    }
    if statement.unusableEnds > 0 { unusableEnds.append(place) }
    references += statement.parties.map { ($0, place) }
    components += statement.components.map { ($0, place) }
    versions[statement.recordID, default: []].append(
      Version(status: statement.status, date: statement.date, at: place))
    if statement.interests.contains(where: { $0.share.map(Self.isOdd) ?? false }) {
      oddShares.append(place)
    }
    guard let subject = statement.subject else { return }
    let earlier = relations[statement.recordID]
    if let earlier, let before = earlier.date, let here = statement.date, before > here { return }
    relations[statement.recordID] = Relation(
      subject: subject, date: statement.date, isClosed: statement.status == "closed",
      interests: statement.interests, at: place)
  }

  /// A share that is no percentage: unreadable, below 0 or above 100, a range that is empty.
  private static func isOdd(_ share: BODSInterest.Share) -> Bool {
    let values = share.all.map(percent)
    if values.contains(nil) { return true }
    let low = (share.minimum ?? share.exclusiveMinimum).flatMap(percent)
    let high = (share.maximum ?? share.exclusiveMaximum).flatMap(percent)
    if let low, let high { return low > high }
    return false
  }

  /// A percentage in units of 10^-18; nil unless it is a plain number from 0 to 100.
  private static func percent(_ text: String) -> Int128? {
    guard let number = DecimalNumber(text), number.digits >= 0 else { return nil }
    var value = Int128(number.digits)
    for _ in number.scale..<18 {
      guard value <= Self.whole else { return nil }
      value *= 10
    }
    return value <= Self.whole ? value : nil
  }
  private static let whole: Int128 = 100 * 1_000_000_000_000_000_000

  /// In a fixed order.
  func findings() -> [Finding] {
    let open = references.filter { !recordIDs.contains($0.id) }
    let loose = components.filter { !recordIDs.contains($0.id) }
    return [
      Finding(
        code: "W-DUP-ID", places: repeatedStatements,
        found: "\(repeatedStatements.count) statement ids that came before",
        expected: "one statement an id; each is kept"),
      Finding(
        code: "W-NO-ID", places: withoutID, found: "\(withoutID.count) statements without id",
        expected: "a statementId; the record id is used"),
      Finding(
        code: "W-DANGLING", places: open.map(\.at),
        found: "\(open.count) subjects or interested parties that no record of the file has",
        expected: "kept as open references; another file may hold them"),
      Finding(
        code: "W-FIELD", places: unusableEnds,
        found: "\(unusableEnds.count) relationships whose subject or interested party is no text",
        expected: "a record id; kept as it stands, joined to nothing"),
      Finding(
        code: "W-COMPONENT", places: loose.map(\.at),
        found: "\(loose.count) component records that no record of the file has",
        expected: "the parts of the chain; kept as open references"),
      Finding(
        code: "W-SHARE", places: oddShares,
        found: "\(oddShares.count) shares that are no percentage or no range",
        expected: "numbers from 0 to 100; kept as text, in no sum"),
    ] + orderFindings() + shareFindings()
  }

  /// Versions that contradict the life of a record: something after it was closed, new a second time.
  private func orderFindings() -> [Finding] {
    var places: [Locator] = []
    for id in versions.keys.sorted() {
      var isClosed = false
      var isNew = false
      let ordered = (versions[id] ?? []).sorted {
        ($0.date?.dayNumber ?? .min, $0.at.ordinal) < ($1.date?.dayNumber ?? .min, $1.at.ordinal)
      }
      for version in ordered {
        if isClosed || (isNew && version.status == "new") { places.append(version.at) }
        isClosed = isClosed || version.status == "closed"
        isNew = isNew || version.status == "new"
      }
    }
    places.sort { $0.ordinal < $1.ordinal }
    return [
      Finding(
        code: "W-VERSION-ORDER", places: places,
        found: "\(places.count) statements about a record after it was closed, or new again",
        expected: "new, then updated, then closed; all versions are kept")
    ]
  }

  /// Subjects whose direct, running shares of one kind are together certainly more than the whole. By the
  /// latest version of each record.
  private func shareFindings() -> [Finding] {
    struct Sum {
      var total: Int128 = 0
      var breaking: Locator?
    }
    var sums: [String: Sum] = [:]
    let running = relations.values.filter { !$0.isClosed }.sorted { $0.at.ordinal < $1.at.ordinal }
    for relation in running {
      for interest in relation.interests where interest.endText == nil && !interest.isIndirect {
        guard let type = interest.type, ["shareholding", "votingRights"].contains(type),
          let share = interest.share?.atLeast.flatMap(Self.percent)
        else { continue }
        let key = "\(type)\u{1F}\(relation.subject)"
        sums[key, default: Sum()].total += share
        if sums[key]?.breaking == nil, sums[key]?.total ?? 0 > Self.whole {
          sums[key]?.breaking = relation.at
        }
      }
    }
    return sums.keys.sorted().compactMap { key in
      guard let sum = sums[key], let place = sum.breaking else { return nil }
      let type = key.split(separator: "\u{1F}")[0]
      // Only for the message: whole percents, rounded down.
      let percent = sum.total / (Self.whole / 100)
      return Finding(
        code: "W-SHARE-SUM", places: [place],
        found: "direct \(type) of one subject adds up to at least \(percent) percent",
        expected: "at most 100; nothing is scaled")
    }
  }
}
