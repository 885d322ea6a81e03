import CaseModel
import Foundation
import Intake
import Testing

@testable import Scenarios

// The example case: its stored files, its arithmetic, what is planted in it.

private let made = HarbourStreetCase(seed: HarbourStreet.seed)
private let files = made.files

private let folder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("examples/harbour-street")

private func input(_ path: String) throws -> InputFile {
  let bytes = try #require(files[path])
  let hash = try #require(ContentHash(hex: String(repeating: "a", count: 64)))
  return InputFile(
    name: String(path.split(separator: "/").last ?? ""), sha256: hash, bytes: bytes)
}

@Suite("Harbour Street: the stored example")
struct HarbourStreetFileTests {
  @Test("The folder examples/harbour-street holds exactly the bytes that the seed gives")
  func storedFilesAreTheGeneratedOnes() throws {
    if ProcessInfo.processInfo.environment["SCENARIO_WRITE"] == "1" {
      try? FileManager.default.removeItem(at: folder)
      for (path, bytes) in files {
        let url = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
      }
    }
    var stored: Set<String> = []
    let walk = try #require(FileManager.default.enumerator(atPath: folder.path))
    for case let path as String in walk {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(
        atPath: folder.appendingPathComponent(path).path, isDirectory: &isFolder)
      if !isFolder.boolValue { stored.insert(path) }
    }
    #expect(stored.symmetricDifference(files.keys).sorted() == [])
    for path in stored.sorted() {
      let bytes = try Data(contentsOf: folder.appendingPathComponent(path))
      #expect(Array(bytes) == files[path], "\(path) differs from what the seed gives")
    }
  }

  @Test("The same seed gives the same bytes, another seed another case")
  func seedDecidesTheBytes() {
    #expect(HarbourStreet.files() == files)
    let other = HarbourStreet.files(seed: 7)
    #expect(other["bank-a/a01-2024.csv"] != files["bank-a/a01-2024.csv"])
    #expect(Set(other.keys) == Set(files.keys))
  }

  @Test("The whole case stays below three megabytes")
  func caseIsSmall() {
    #expect(files.values.reduce(0) { $0 + $1.count } < 3_000_000)
  }
}

@Suite("Harbour Street: the books")
struct HarbourStreetBookTests {
  @Test("Some three thousand lines of ordinary life lie on 26 accounts of four banks")
  func ordinaryLifeIsThere() {
    #expect((2_700...3_400).contains(made.books.ordinaryCount), "\(made.books.ordinaryCount)")
    #expect(made.books.accounts.count == 26)
    #expect(Set(made.books.accounts.map(\.bank)).count == 4)
    #expect(Set(made.books.accounts.map(\.currency)).count == 3)
  }

  @Test("Every statement agrees with its lines, but one, by the line left out")
  func statementsReconcile() {
    let broken = made.delivery.statements.filter { $0.difference != 0 }
    #expect(broken.count == 1)
    #expect(broken.first?.difference == -made.droppedLine.amount)
    #expect(broken.first?.file == "bank-d/d02-2025-q1.xml")
  }

  @Test("The statements of an account follow each other without a jump, but for the missing month")
  func statementsChain() {
    var jumps: [String] = []
    for number in made.books.accounts.indices {
      let own = made.delivery.statements.filter { $0.account == number }
      for (before, after) in zip(own, own.dropFirst()) where before.closing != after.opening {
        jumps.append("\(made.books.accounts[number].code) \(after.period.first)")
      }
    }
    #expect(jumps == ["C03 2025-03-01"])
  }

  @Test("No account is overdrawn on any line")
  func nothingIsOverdrawn() {
    for (number, account) in made.books.accounts.enumerated() {
      var balance = account.openingBalance
      for line in made.books.lines(of: number) {
        balance += line.amount
        #expect(balance >= 0, "\(account.code) \(line.date) \(line.purpose): \(balance)")
      }
    }
  }

  @Test("No line lies outside the life of its account or outside the two years")
  func linesLieInside() {
    for (number, account) in made.books.accounts.enumerated() {
      for line in made.books.lines(of: number) {
        #expect(
          line.date >= account.opened.first && line.date <= Cast.last.last,
          "\(account.code) \(line.date)")
      }
    }
  }

  @Test("A payment between two accounts of the case stands on both statements")
  func bothLegsAreThere() {
    let books = made.books
    let byIBAN = Dictionary(
      uniqueKeysWithValues: books.accounts.indices.map { (books.accounts[$0].iban, $0) })
    let all = books.accounts.indices.map { books.lines(of: $0) }
    for (number, lines) in all.enumerated() {
      for line in lines {
        guard let iban = line.party.iban, let other = byIBAN[iban] else { continue }
        let found = all[other].contains {
          $0.party.iban == books.accounts[number].iban && abs($0.date - line.date) <= 4
            && ($0.amount == -line.amount || $0.original?.amount.minorUnits == abs(line.amount))
        }
        #expect(found, "\(books.accounts[number].code) \(line.date) \(line.amount)")
      }
    }
  }

  @Test("Every account number has right check digits")
  func numbersAreValid() {
    let numbers = made.books.accounts.map(\.iban) + (1...33).compactMap { Cast.family($0).iban }
    #expect(Set(numbers).count == numbers.count)
    for number in numbers {
      var remainder = 0
      for byte in (number.dropFirst(4) + number.prefix(4)).utf8 {
        remainder =
          byte < 0x41
          ? (remainder * 10 + Int(byte - 0x30)) % 97
          : (remainder * 100 + Int(byte - 0x41) + 10) % 97
      }
      #expect(remainder == 1, "\(number)")
    }
  }
}

@Suite("Harbour Street: what is planted")
struct HarbourStreetTruthTests {
  @Test("FL-01: nine workers lose at least four fifths of each wage by the day after payday")
  func wagesAreSwept() {
    for worker in Cast.workers {
      let lines = made.books.lines(of: made.books.number(worker.account))
      let wages = lines.filter { $0.movement == .salary }
      let sweeps = lines.filter { $0.patterns.contains { $0.hasPrefix("wage-sweep") } }
      #expect(wages.count >= 15 && wages.count == sweeps.count)
      for (wage, sweep) in zip(wages, sweeps) {
        #expect(-sweep.amount * 100 >= wage.amount * 80)
        #expect((0...1).contains(sweep.date - wage.date))
      }
    }
  }

  @Test(
    "ST-01: each cluster of cash lies in seven days, each deposit in seven tenths to the whole of 10 000"
  )
  func cashIsStructured() {
    for (number, count) in [(1, 3), (2, 4), (3, 3)] {
      let lines = made.books.lines(of: "structuring-\(number)")
      #expect(lines.count == count)
      #expect(
        lines.allSatisfy {
          (700_000..<1_000_000).contains($0.amount) && $0.movement == .cashDeposit
        })
      if let first = lines.first, let last = lines.last { #expect(last.date - first.date < 7) }
    }
  }

  @Test("ST-05: at least ten families pay within seven days, none seen in the half year before")
  func familiesFanIn() {
    let all = made.books.lines(of: made.books.number("D01"))
    for number in 1...3 {
      let lines = made.books.lines(of: "fan-in-\(number)")
      let names = Set(lines.map(\.party.name))
      #expect(names.count >= 10)
      guard let first = lines.first, let last = lines.last else { continue }
      #expect(last.date - first.date < 7)
      #expect(
        !all.contains {
          $0.amount > 0 && $0.date < first.date && $0.date >= first.date.adding(days: -180)
            && names.contains($0.party.name)
        })
    }
  }

  @Test("ST-04: what enters a pass-through account leaves within two working days, almost whole")
  func moneyPassesThrough() {
    for number in 1...2 {
      for code in ["C03", "A02"] {
        let lines = made.books.lines(of: "pass-through-\(number)").filter {
          made.books.accounts[$0.account].code == code && $0.movement == .transfer
        }
        let inflow = lines.filter { $0.amount > 0 }
        let outflow = lines.filter { $0.amount < 0 }
        #expect(inflow.count == 6 && outflow.count == 6)
        let entered = inflow.reduce(Int64(0)) { $0 + $1.amount }
        let left = outflow.reduce(Int64(0)) { $0 - $1.amount }
        #expect(left * 100 >= entered * 90 && left <= entered)
        for (a, b) in zip(inflow, outflow) { #expect(b.date - a.date <= 3) }
        if let last = lines.last {
          let rest = made.books.balance(code, at: last.date.adding(days: 7)).minorUnits
          #expect(rest * 100 <= entered * 5, "\(code) keeps \(rest) of \(entered)")
        }
      }
    }
  }

  @Test(
    "ST-09: each round trip has four hops, later and a little smaller each, and returns to its start"
  )
  func moneyGoesRound() {
    for number in 1...2 {
      let hops = made.books.lines(of: "round-trip-\(number)").filter {
        $0.amount < 0 && $0.movement == .transfer
      }
      .sorted { $0.date < $1.date }
      #expect(hops.map { made.books.accounts[$0.account].code } == ["C04", "C03", "A02", "A01"])
      for (a, b) in zip(hops, hops.dropFirst()) {
        #expect(a.date < b.date)
        #expect(-b.amount * 100 >= -a.amount * 70 && b.amount >= a.amount)
      }
    }
  }

  @Test("COR-01: the officer receives money within three days before five crossings on his shift")
  func officerIsPaid() {
    let paid = made.books.lines(of: "officer-payments").filter {
      $0.amount > 0 && made.books.accounts[$0.account].code == "D03"
    }
    let crossings = Cast.journeys.flatMap(\.legs).filter(\.isOfficerOnDuty).map(\.date)
    #expect(paid.count == 5)
    for line in paid { #expect(crossings.contains { (0...3).contains($0 - line.date) }) }
  }

  @Test("The garment worker who looks like a sweep keeps more than half of each wage")
  func lookAlikeIsNoSweep() {
    let lines = made.books.lines(of: made.books.number("A07"))
    let wages = lines.filter { $0.movement == .salary }
    let sent = lines.filter { $0.amount < 0 && $0.purpose.contains("Geldtransfer") }
    #expect(sent.count == 24)
    for (wage, payment) in zip(wages, sent) { #expect(-payment.amount * 2 < wage.amount) }
  }

  @Test("The look-alikes stay below the patterns they resemble")
  func lookAlikesStayBelow() {
    let remitter = made.books.lines(of: made.books.number("A06")).filter {
      $0.amount > 0 && $0.movement == .transfer
    }
    for line in remitter {
      let week = remitter.filter { (0...6).contains($0.date - line.date) }
      #expect(Set(week.map(\.party.name)).count < 10)
    }
    for code in ["B09", "B10"] {
      let days = medianDwell(of: made.books.lines(of: made.books.number(code)))
      #expect(days > 2, "\(code): money stays \(days) days")
    }
  }

  /// Median of days between a minor unit's arrival and departure, first in, first out, by outflow.
  private func medianDwell(of lines: [Line]) -> Int {
    var queue: [(date: CivilDate, left: Int64)] = []
    var dwell: [Int] = []
    for line in lines {
      if line.amount > 0 {
        queue.append((line.date, line.amount))
        continue
      }
      var rest = -line.amount
      while rest > 0, let first = queue.first {
        let part = min(rest, first.left)
        rest -= part
        queue[0].left -= part
        dwell.append(line.date - first.date)
        if queue[0].left == 0 { queue.removeFirst() }
      }
    }
    return dwell.sorted()[dwell.count / 2]
  }

  @Test("No round trip of three to six hops lies in the books beyond the two planted")
  func noOtherRoundTrips() {
    let books = made.books
    let byIBAN = Dictionary(
      uniqueKeysWithValues: books.accounts.indices.map { (books.accounts[$0].iban, $0) })
    var edges: [Int: [(to: Int, line: Line)]] = [:]
    for number in books.accounts.indices {
      for line in books.lines(of: number) where line.amount < 0 {
        if let iban = line.party.iban, let to = byIBAN[iban] {
          edges[number, default: []].append((to, line))
        }
      }
    }
    var found: [[Int]] = []
    func walk(_ path: [Line], at account: Int) {
      for (to, line) in edges[account] ?? [] {
        if let last = path.last, let first = path.first {
          guard line.date > last.date, line.date - first.date <= 30,
            line.amount * 100 <= last.amount * 70, line.amount * 100 >= last.amount * 105
          else { continue }
          if to == first.account {
            if path.count >= 2 { found.append((path + [line]).map(\.number)) }
            continue
          }
          guard path.count < 6, !path.contains(where: { $0.account == to }) else { continue }
        }
        walk(path + [line], at: to)
      }
    }
    for number in books.accounts.indices { walk([], at: number) }
    let planted = (1...2).map { trip in
      Set(books.lines(of: "round-trip-\(trip)").map(\.number))
    }
    #expect(found.count >= 2)
    for cycle in found {
      #expect(planted.contains { $0.isSuperset(of: cycle) }, "\(cycle.count) hops")
    }
  }

  @Test("The truth names a file and a place for every planted line that was handed over")
  func truthNamesPlaces() throws {
    let text = String(decoding: try #require(files["truth.json"]), as: UTF8.self)
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let patterns = try #require(object?["patterns"] as? [[String: Any]])
    #expect(patterns.count == 24)
    for pattern in patterns where pattern["id"] as? String != "missing-month" {
      let entries = try #require(pattern["entries"] as? [[String: Any]])
      #expect(!entries.isEmpty)
      for entry in entries {
        let path = try #require(entry["file"] as? String)
        #expect(files[path] != nil)
      }
    }
  }
}

@Suite("Harbour Street: the sheets")
struct HarbourStreetSheetTests {
  @Test("Both case sheets are read without an issue and resolve every sealed token")
  func sheetsAreRead() throws {
    let sealed = try readSealedSheet(try input("sealed-identities.yaml"))
    for (path, profile) in [("case-sheet.yaml", "gb"), ("variants/untoc/case-sheet.yaml", "untoc")]
    {
      do {
        let matter = try readCaseSheet(try input(path))
        #expect(matter.profile == profile)
        #expect(matter.persons.filter(\.isVictim).count == 9)
        #expect(matter.property.count == 8)
        #expect(
          matter.counts.map(\.state) == [.convicted, .convicted, .charged, .alleged, .charged])
        #expect(matter.facts.filter(\.helpsRespondent).count >= 8)
        #expect(sealed.unresolvedTokens(of: matter) == [])
        #expect(sealed.matter == matter.code)
      } catch let refusal as FileRefusal {
        for issue in refusal.issues.prefix(20) { report(issue) }
      }
    }
  }

  private func report(_ issue: CaseModel.Issue) {
    Testing.Issue.record("\(issue.description)")
  }

  @Test("The case sheet carries no sealed name and no account number of a victim")
  func caseSheetIsPseudonymous() throws {
    let sealed = try readSealedSheet(try input("sealed-identities.yaml"))
    let text = String(decoding: try #require(files["case-sheet.yaml"]), as: UTF8.self)
    for entry in sealed.entries {
      let value = entry.accountKey?.iban ?? entry.value
      #expect(!text.contains(value), "\(entry)")
    }
  }

  @Test("The selectors of the tainted classes catch the planted receipts and nothing else")
  func selectorsCatchThePlanted() throws {
    let matter = try readCaseSheet(try input("case-sheet.yaml"))
    let sealed = try readSealedSheet(try input("sealed-identities.yaml"))
    let books = made.books
    for receipt in Truth(made).receipts {
      let item = try #require(matter.sourceClasses.first { $0.code.text == receipt.code })
      let selector = item.selector
      let accounts = selector.accounts.map { sealed.account(for: $0) ?? $0 }
      let others = matter.persons.filter { selector.counterpartyPersons.contains($0.code) }
        .flatMap(\.holds).map { sealed.account(for: $0) ?? $0 }
      var sum: Int64 = 0
      var count = 0
      for (number, account) in books.accounts.enumerated()
      where accounts.contains(AccountKey("iban:" + account.iban)) {
        for line in books.lines(of: number) where line.amount > 0 {
          let amount = Money(minorUnits: line.amount, currency: account.currency)
          let least = selector.least?.money(in: account.currency)
          let most = selector.most?.money(in: account.currency)
          let words = (line.purpose + " " + line.party.name).lowercased()
          guard
            others.isEmpty || others.contains(AccountKey("iban:" + (line.party.iban ?? ""))),
            selector.channels.isEmpty || line.movement == .cashDeposit,
            selector.textContains.allSatisfy({ words.contains($0.lowercased()) }),
            least.map({ amount >= $0 }) ?? true, most.map({ amount <= $0 }) ?? true
          else { continue }
          sum += line.amount
          count += 1
        }
      }
      #expect(sum == receipt.sum.minorUnits && count == receipt.count, "\(receipt.code)")
    }
  }

  @Test("Every receipt in another currency has a rate of its own day")
  func ratesCoverReceipts() throws {
    let matter = try readCaseSheet(try input("case-sheet.yaml"))
    for pattern in SheetClasses.taintedPatterns {
      for line in made.books.lines(of: pattern.pattern) where line.amount > 0 {
        let account = made.books.accounts[line.account]
        guard account.code == pattern.account, account.currency != Cast.gbp else { continue }
        #expect(
          matter.rates.contains {
            $0.date == line.date
              && Set([$0.rate.base, $0.rate.quote]) == [account.currency, Cast.gbp]
          }, "\(pattern.code) \(line.date)")
      }
    }
  }
}
