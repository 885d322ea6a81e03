import CaseModel

/// The example case: two years, four banks, three currencies, and a scheme inside ordinary life.
///
/// Made from a seed, the same bytes on every machine. All names and numbers are invented. The files
/// under `examples/harbour-street` are `files(seed:)` of the default seed.
public enum HarbourStreet {
  public static let seed: UInt64 = 20_240_101

  /// Words of a fact that is intelligence only. No document of the case may carry them.
  public static let intelligenceMarker = SheetFacts.intelligenceMarker

  /// Every file of the case: path inside `examples/harbour-street` → bytes.
  public static func files(seed: UInt64 = Self.seed) -> [String: [UInt8]] {
    HarbourStreetCase(seed: seed).files
  }
}

/// The case while it is being made: books, delivery, sheets and truth.
struct HarbourStreetCase {
  let seed: UInt64
  let books: Books
  let delivery: Delivery
  /// The line that bank D booked and did not print, so that one statement does not reconcile.
  let droppedLine: Line

  init(seed: UInt64) {
    self.seed = seed
    var books = Books(Cast.accounts, seed: seed)
    OrdinaryLife.lay(in: &books, seed: seed)
    WageSweeps.lay(in: &books, seed: seed)
    Smuggling.lay(in: &books, seed: seed)
    Purchases.lay(in: &books)
    Layering.lay(in: &books, seed: seed)
    LookAlikes.lay(in: &books, seed: seed)
    OrdinaryLife.addInterestAndFees(&books, seed: seed)
    books.close()
    self.books = books
    let quarter = Period(
      first: CivilDate(known: "2025-01-01"), last: CivilDate(known: "2025-03-31"))
    guard
      let dropped = books.lines(of: books.number("D02")).first(where: {
        $0.movement == .cashWithdrawal && $0.patterns.isEmpty && quarter.contains($0.date)
      })
    else { preconditionFailure("D02 has a withdrawal in the quarter") }
    droppedLine = dropped
    delivery = Delivery(
      books,
      omissions: Omissions(
        missing: (books.number("C03"), Layering.missingMonth), droppedLine: dropped.number))
  }

  var files: [String: [UInt8]] {
    var files = delivery.files
    files["case-sheet.yaml"] = Array(CaseSheetText(self).text.utf8)
    files["variants/untoc/case-sheet.yaml"] = Array(CaseSheetText(self, profile: "untoc").text.utf8)
    files["sealed-identities.yaml"] = Array(SealedSheetText.text.utf8)
    files["truth.json"] = Array(Truth(self).text.utf8)
    files["README.md"] = Array(ReadMe(self).text.utf8)
    return files
  }
}
