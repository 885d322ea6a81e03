import CaseModel
import Tracing

/// Ledgers made to be unkind: each asks for one thing very often.
enum Shape: String, CaseIterable {
  /// Half the steps pay in small lots of two classes by turns, half pay out one and a half lots.
  case alternated
  /// One account of 200 classes pays out again and again.
  case manyClasses = "many_classes"
  /// Money goes round through a thousand accounts.
  case chain
  /// A large balance is paid out one unit at a time.
  case drip
  /// A transfer is taken back in small parts from an account that is full of newer lots.
  case partReversals = "part_reversals"
  /// An asset is bought in many payments and sold in many parts.
  case partSales = "part_sales"
  /// As many accounts and classes as a large case has: a class of its own for each account.
  case manyAccounts = "many_accounts"
  /// Many debts on one account, repaid in drops.
  case debts

  func ledger(steps: Int) -> Ledger {
    switch self {
    case .manyClasses: manyClasses(steps)
    case .chain: chain(steps)
    case .manyAccounts:
      {
        var made = MadeLedger(steps: steps, accounts: steps / 50, classes: steps / 50)
        return made.ledger()
      }()
    default: oneAccount(steps)
    }
  }

  private func oneAccount(_ steps: Int) -> Ledger {
    Self.made(accounts: 2, classes: 3, steps: steps) { index in
      let half = steps / 2
      let code = SourceClassCode("class \(index % 2)")
      switch self {
      case .alternated:
        return index < half
          ? .credit(to: "A0", amount: 10, sourceClass: code)
          : .debit(from: "A0", to: .dissipated, amount: 10)
      case .drip:
        return index < 100
          ? .credit(to: "A0", amount: Int64(steps), sourceClass: code)
          : .debit(from: "A0", to: .dissipated, amount: 1)
      case .partReversals:
        // One transfer of class 0; after it lots of classes 1 and 2 by turns; then, in turns, a part
        // of the transfer comes back and another lot comes in.
        if index == 0 {
          return .credit(to: "A0", amount: Int64(steps), sourceClass: SourceClassCode("class 0"))
        }
        if index == 1 {
          return .transfer(from: "A0", to: "A1", amount: Int64(steps), credited: nil)
        }
        if index >= half, index % 2 == 0 { return .reversal(of: 2, amount: 1) }
        return .credit(
          to: "A1", amount: 10, sourceClass: SourceClassCode("class \(1 + index / 2 % 2)"))
      case .partSales:
        if index < half / 2 { return .credit(to: "A0", amount: 10, sourceClass: code) }
        if index < half { return .debit(from: "A0", to: .asset("X"), amount: 10) }
        return .sale(
          asset: "X", to: "A1", amount: 3, fraction: Fraction(1, over: Int64(steps)) ?? .whole)
      default:
        return index < half
          ? .debit(from: "A0", to: .asset("X\(index % 100)"), amount: 10, isCoordinated: true)
          : .credit(to: "A0", amount: 9, sourceClass: code)
      }
    }
  }

  private func manyClasses(_ steps: Int) -> Ledger {
    Self.made(accounts: 1, classes: 200, steps: steps) { index in
      index < 200
        ? .credit(
          to: "A0", amount: Int64(steps) * 7 + Int64(index),
          sourceClass: SourceClassCode("class \(index)"))
        : .debit(from: "A0", to: .dissipated, amount: 777)
    }
  }

  private func chain(_ steps: Int) -> Ledger {
    Self.made(accounts: 1_000, classes: 4, steps: steps) { index in
      index < 4
        ? .credit(to: "A0", amount: 1_000_003, sourceClass: SourceClassCode("class \(index)"))
        : .transfer(
          from: "A\((index - 4) % 1_000)", to: "A\((index - 3) % 1_000)", amount: 4_000_012,
          credited: nil)
    }
  }

  private static func made(
    accounts: Int, classes: Int, steps: Int, _ movement: (Int) -> Movement
  ) -> Ledger {
    let euro = Currency(asset: "EUR", exponent: 2)
    return Ledger(
      classes: (0..<classes).map {
        LedgerClass(SourceClassCode("class \($0)"), isTainted: $0 % 2 == 0)
      },
      accounts: (0..<accounts).map { LedgerAccount(name: "A\($0)", currency: euro) },
      steps: (0..<steps).map { index in
        LedgerStep(
          sequence: index + 1, date: CivilDate(dayNumber: Int32(19_700 + index * 3_000 / steps)),
          movement: movement(index))
      })
  }
}
