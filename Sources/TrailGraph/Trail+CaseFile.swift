public import CaseModel

// Lays out a case's entries as a trail: one edge a paired transfer, one edge a line that has no pair.

extension Trail {
  /// The trail of a case.
  ///
  /// A paired transfer becomes one edge, at the moment its money left. A line without a pair becomes one
  /// edge to the account, or to the party, that the record names. Cash and unnamed counterparties are
  /// `outside`: they join nothing to anything. A party known by name only is a node of its own, told
  /// apart by its name without case, accents of punctuation and spacing; it is never taken for an account.
  ///
  /// Records that state only a day: the day's edges are put in an order that agrees with the bank's
  /// sequence in every account they touch (a topological order), so that "rising times" means the order
  /// of the statements. Where two accounts' sequences contradict each other, the order of the case file
  /// decides.
  ///
  /// - Complexity: O(*n* log *n*) in the entries.
  public init(of caseFile: CaseFile) {
    var layout = CaseLayout(caseFile)
    layout.layOut()
    self.init(columns: layout.columns, names: layout.names, creditEntries: layout.creditEntries)
  }
}

/// Works out accounts, edges and their order. One use.
private struct CaseLayout {
  struct Edge {
    var source: Int32
    var destination: Int32
    /// Places in `caseFile.entries`: the line itself, and the credit leg of a pair.
    var line: Int
    var credit: Int?
  }

  let caseFile: CaseFile
  var columns = TransferColumns()
  var creditEntries: [Int: Int64] = [:]
  var names: Trail.Names {
    Trail.Names(
      accountCount: numbers.count, accountNumbers: numbers, labels: labels, currencies: currencies)
  }
  private var numbers: [Int64]
  private var labels: [String]
  private var currencies: [Currency]
  private var accountOf: [AccountID: Int32] = [:]
  private var partyOf: [String: Int32] = [:]

  init(_ caseFile: CaseFile) {
    self.caseFile = caseFile
    numbers = caseFile.accounts.map(\.id.value)
    labels = caseFile.accounts.map(\.displayName)
    currencies = Set(caseFile.entries.map(\.amount.currency)).sorted()
    for (place, account) in caseFile.accounts.enumerated() { accountOf[account.id] = Int32(place) }
  }

  mutating func layOut() {
    let edges = edges()
    columns.reserve(edges.count)
    let currencyOf = Dictionary(
      uniqueKeysWithValues: currencies.enumerated().map { ($1, UInt16(truncatingIfNeeded: $0)) })
    for (edge, time) in zip(edges, times(of: edges)) {
      let line = caseFile.entries[edge.line]
      if let credit = edge.credit {
        creditEntries[columns.count] = caseFile.entries[credit].id.value
      }
      columns.append(
        source: edge.source, destination: edge.destination, time: time,
        hasTimeOfDay: line.timeOfDay != nil,
        shownByReceiver: edge.credit == nil && !line.amount.isNegative,
        amountMinor: line.amount.magnitude.minorUnits,
        currency: currencyOf[line.amount.currency] ?? 0, channel: line.channel.number,
        entry: line.id.value)
    }
  }

  private mutating func edges() -> [Edge] {
    var placeOf: [EntryID: Int] = [:]
    for (place, entry) in caseFile.entries.enumerated() { placeOf[entry.id] = place }
    var creditOf: [Int: Int] = [:]
    var paired: Set<Int> = []
    for transfer in caseFile.transfers {
      guard let debit = placeOf[transfer.debit], let credit = placeOf[transfer.credit] else {
        continue
      }
      creditOf[debit] = credit
      paired.insert(credit)
    }
    var edges: [Edge] = []
    for (place, entry) in caseFile.entries.enumerated() where !paired.contains(place) {
      let own = number(of: entry.account)
      if let credit = creditOf[place] {
        let other = number(of: caseFile.entries[credit].account)
        edges.append(Edge(source: own, destination: other, line: place, credit: credit))
      } else {
        let other = counterparty(of: entry)
        edges.append(
          entry.amount.isNegative
            ? Edge(source: own, destination: other, line: place, credit: nil)
            : Edge(source: other, destination: own, line: place, credit: nil))
      }
    }
    return edges
  }

  private mutating func counterparty(of entry: Entry) -> Int32 {
    if let account = entry.counterpartyAccount { return number(of: account) }
    switch entry.channel {
    case .cashDeposit, .cashWithdrawal, .atmWithdrawal: return TransferColumns.outside
    default: break
    }
    guard let name = entry.counterpartyName else { return TransferColumns.outside }
    let key = Self.normalised(name)
    guard !key.isEmpty else { return TransferColumns.outside }
    if let known = partyOf[key] { return known }
    let new = Int32(numbers.count)
    partyOf[key] = new
    numbers.append(-1)
    labels.append(name)
    return new
  }

  private mutating func number(of account: AccountID) -> Int32 {
    if let known = accountOf[account] { return known }
    let new = Int32(numbers.count)
    accountOf[account] = new
    numbers.append(account.value)
    labels.append("")
    return new
  }

  /// Letters and digits in lower case, words parted by one space.
  static func normalised(_ name: String) -> String {
    var words: [String] = []
    var word = ""
    for character in name.lowercased() {
      if character.isLetter || character.isNumber {
        word.append(character)
      } else if !word.isEmpty {
        words.append(word)
        word = ""
      }
    }
    if !word.isEmpty { words.append(word) }
    return words.joined(separator: " ")
  }

  // MARK: Order within a day

  private func times(of edges: [Edge]) -> [Int64] {
    var times = [Int64](repeating: 0, count: edges.count)
    var byDay: [Int32: [Int]] = [:]
    for (place, edge) in edges.enumerated() {
      let line = caseFile.entries[edge.line]
      let start = Int64(line.bookedOn.dayNumber) * 86_400
      if let seconds = line.timeOfDay {
        times[place] = start + Int64(seconds)
      } else {
        byDay[line.bookedOn.dayNumber, default: []].append(place)
      }
    }
    for (day, places) in byDay {
      for (rank, place) in ordered(places, of: edges).enumerated() {
        times[place] = Int64(day) * 86_400 + Int64(min(rank, 86_399))
      }
    }
    return times
  }

  /// The day's edges in an order that keeps each account's sequence: Kahn's algorithm, smallest place
  /// first. On a contradiction the smallest place left goes next.
  private func ordered(_ places: [Int], of edges: [Edge]) -> [Int] {
    guard places.count > 1 else { return places }
    var lines: [AccountID: [(sequence: Int32, index: Int)]] = [:]
    for (index, place) in places.enumerated() {
      for line in [edges[place].line, edges[place].credit].compactMap({ $0 }) {
        let entry = caseFile.entries[line]
        guard entry.bookedOn == caseFile.entries[edges[place].line].bookedOn else { continue }
        lines[entry.account, default: []].append((entry.sequence, index))
      }
    }
    var after = [[Int]](repeating: [], count: places.count)
    var waiting = [Int](repeating: 0, count: places.count)
    for (_, of) in lines {
      let sorted = of.sorted { ($0.sequence, $0.index) < ($1.sequence, $1.index) }
      for (earlier, later) in zip(sorted, sorted.dropFirst()) where earlier.index != later.index {
        after[earlier.index].append(later.index)
        waiting[later.index] += 1
      }
    }
    var left = Set(places.indices)
    var ready = places.indices.filter { waiting[$0] == 0 }
    var result: [Int] = []
    result.reserveCapacity(places.count)
    while !left.isEmpty {
      // `ready` stays sorted; it is short, a day of a case.
      let next = ready.isEmpty ? (left.min() ?? 0) : ready.removeFirst()
      guard left.remove(next) != nil else { continue }
      result.append(places[next])
      for later in after[next] {
        waiting[later] -= 1
        if waiting[later] == 0 {
          let at = ready.firstIndex { $0 > later } ?? ready.endIndex
          ready.insert(later, at: at)
        }
      }
    }
    return result
  }
}
