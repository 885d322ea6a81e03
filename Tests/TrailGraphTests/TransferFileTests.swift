import CaseModel
import Testing
import TrailGraph

@Suite("A transfers file is read whole or refused whole")
struct TransferFileTests {
  private let header = "tx_id,src,dst,ts,amount_minor,currency,channel\n"

  private func read(_ text: String) throws(TransferFile.Refusal) -> TransferFile {
    try TransferFile(bytes: Array(text.utf8), name: "t.csv")
  }

  private func issues(_ text: String) -> [String] {
    do {
      _ = try read(text)
      return []
    } catch { return error.issues.map(\.description) }
  }

  @Test("rows become edges, in any order of rows and columns")
  func reads() throws {
    let plain = try read(header + "0,7,007,100,5,EUR,wire\n1,7,x,90,6,JPY,cash\n").trail()
    #expect(plain.edgeCount == 2 && plain.accountCount == 3)
    let seven = Int32(0)
    #expect(plain.names.labels.count == 3)
    #expect(plain.outgoing(of: seven).map { plain.time[$0] } == [90, 100])
    let cash = plain.outgoing(of: seven).lowerBound
    #expect(
      plain.money(cash) == Money(minorUnits: 6, currency: Currency(asset: "JPY", exponent: 0)))
    #expect(plain.channel(cash) == .cashDeposit)
    let moved = try read(
      "\u{FEFF}channel,ts,tx_id,src,dst,amount_minor,note,currency\r\n"
        + "cash,90,1,7,x,6,n,JPY\r\nwire,100,0,7,007,5,,EUR\r\n")
    let other = moved.trail()
    #expect(other.names.labels == plain.names.labels)
    #expect(other.time == plain.time && other.entry == plain.entry)
    #expect(other.destination == plain.destination)
  }

  @Test("identifiers that are no numbers are kept as they are spelled")
  func spelledIDs() throws {
    let file = try read(
      header + "T-2,a,b,100,5,EUR,wire\nT-1,a,b,100,5,EUR,wire\n9,a,b,1,5,EUR,wire\n")
    #expect(file.columns.entry.map { file.transferID($0) } == ["9", "T-1", "T-2"])
  }

  @Test("every bad line is named with its reason and remedy")
  func refusals() {
    #expect(
      issues("") == [
        "t.csv: line 1: E-EMPTY: no header line — a first line \(header.dropLast())"
      ])
    #expect(
      issues("tx_id,src,dst,ts,amount_minor,currency\n").first?.contains("no column channel")
        == true)
    let bad = issues(
      header
        + "0,1,2,100,5,EUR,wire\n1,1,2,x,5,EUR,wire\n2,1,2,100,-5,EUR,wire\n3,1,2,100,5,eu,wire\n"
        + "4,1,2,100,99999999999999999999,EUR,wire\n5,1,2,100\n6,,2,100,5,EUR,wire\n")
    #expect(
      bad.map { String($0.prefix { $0 != "—" }) } == [
        "t.csv: line 3: E-TIME: a ts that is no time ",
        "t.csv: line 4: E-AMOUNT: an amount_minor that is no amount ",
        "t.csv: line 5: E-CURRENCY: a currency that is no code ",
        "t.csv: line 6: E-AMOUNT: an amount_minor that is no amount ",
        "t.csv: line 7: E-COLUMNS: 4 fields ",
        "t.csv: line 8: E-FIELD: an empty tx_id, src or dst ",
      ])
    let twice = issues(
      header + "1,1,2,100,5,EUR,wire\n0,1,2,101,5,EUR,wire\n1,1,2,102,5,EUR,wire\n")
    #expect(twice == ["t.csv: line 4: E-REPEATED: a tx_id that came before — one line a transfer"])
    let spelled = issues(header + "a,1,2,100,5,EUR,wire\na,1,2,101,5,EUR,wire\n")
    #expect(spelled.count == 1)
  }

  @Test("bytes of any kind are refused or read, never a crash")
  func anyBytes() {
    var random = Seeded(11)
    let good = Array((header + "0,1,2,100,5,EUR,wire\n1,3,4,101,6,EUR,cash\n").utf8)
    for _ in 0..<500 {
      var bytes = good
      for _ in 0...random.next(4) { bytes[random.next(bytes.count)] = UInt8(random.next(256)) }
      if random.next(3) == 0 { bytes.removeLast(random.next(bytes.count)) }
      _ = try? TransferFile(bytes: bytes, name: "t.csv").trail()
    }
  }

  @Test("no time and no amount a file can state stops the program")
  func extremes() throws {
    let trail = try read(
      header + "0,1,2,-62135596800,9223372036854775807,EUR,wire\n"
        + "1,2,1,253402300799,9223372036854775807,EUR,wire\n"
    ).trail()
    let cycles = trail.temporalCycleCounts(.init(lengths: 2...6, window: .max))
    #expect(cycles.counts == [1, 0, 0, 0, 0])
  }
}
