// What crossed into the group of persons charged, from outside it. Source: confiscation.md §3
// rules 1, 3 and 9, rule `benefit_cutset`.

import CaseModel

/// The persons whose benefit is counted together, and the accounts they hold or control.
///
/// An account in a victim's name that one of them controls belongs to the set; the victim does not.
struct OffenderSet {
  let persons: [PersonCode]
  let accounts: Set<AccountID>

  /// A victim is never a member, whatever counts name them (S-170).
  init(_ persons: some Sequence<PersonCode>, in index: CaseIndex) {
    let members = Set(persons).filter { index.persons[$0]?.isVictim != true }
    self.persons = members.sorted()
    accounts = index.accounts(of: members, controlled: true)
  }
}

/// One receipt that crossed into the set.
struct Obtaining {
  let entry: Entry
  /// The amount received, positive.
  let amount: Money
}

/// Receipts of one source class, sorted out by the cut-set rule.
struct ClassReceipts {
  let sourceClass: SourceClass
  var crossing: [Obtaining] = []
  /// Selected entries that add nothing, by why.
  var insideSet = 0
  var outsideSet = 0
  var outsideConduct = 0
  /// Under an earlier class of the matter, or through its other leg.
  var alreadyCounted = 0
  var reversals = 0
}

extension CaseIndex {
  /// Sorts the entries of the obtaining classes by whether they enter the set from outside.
  ///
  /// An entry counts on its credit side in an account of the set whose other side is outside or
  /// unknown; or on its debit side in an outside account whose other side is in the set, unless the
  /// paired credit was counted. Each movement counts once, under the first class that selects it.
  /// Returned, lawful, unexplained and claimants' money is of another nature and is never asked.
  ///
  /// - Parameter counts: the counts whose conduct the benefit is for.
  /// - Returns: one item a class, in the order of the matter.
  func receipts(into set: OffenderSet, for counts: Set<Int>) -> [ClassReceipts] {
    let firstClass = firstClasses()
    var counted: Set<EntryID> = []
    var result: [ClassReceipts] = []
    let conducts = Dictionary(matter.counts.map { ($0.number, $0.conduct) }) { first, _ in first }
    for sourceClass in matter.sourceClasses where sourceClass.nature == .obtaining {
      guard let count = sourceClass.count, counts.contains(count) else { continue }
      var receipts = ClassReceipts(sourceClass: sourceClass)
      for entry in entries(of: sourceClass.selector) where entry.bookedOn <= matter.asOf {
        if entry.isReversal {
          receipts.reversals += 1
          continue
        }
        let isOwn = set.accounts.contains(entry.account)
        let other = otherAccount(of: entry)
        let isOtherOwn = other.map(set.accounts.contains) ?? false
        let isCredit = entry.amount.minorUnits > 0
        guard isOwn != isOtherOwn, isOwn == isCredit else {
          if isOwn && isOtherOwn { receipts.insideSet += 1 } else { receipts.outsideSet += 1 }
          continue
        }
        if conducts[count]?.contains(entry.bookedOn) != true {
          receipts.outsideConduct += 1
          continue
        }
        let leg = otherLeg(of: entry)
        if firstClass[entry.id] != sourceClass.code || counted.contains(entry.id)
          || leg.map({ counted.contains($0.id) }) == true
        {
          receipts.alreadyCounted += 1
          continue
        }
        counted.insert(entry.id)
        // The credit in the set is what was received; a debit elsewhere stands for it only alone.
        let received = isCredit ? entry : leg ?? entry
        counted.insert(received.id)
        receipts.crossing.append(Obtaining(entry: received, amount: received.amount.magnitude))
      }
      result.append(receipts)
    }
    return result
  }

  /// The class each entry belongs to: the first of the matter that selects it; among paired legs
  /// the first tainted one, since a lawful label on a leg does not undo what was obtained by it.
  private func firstClasses() -> [EntryID: SourceClassCode] {
    var result: [EntryID: SourceClassCode] = [:]
    var tainted: Set<EntryID> = []
    for sourceClass in matter.sourceClasses {
      for entry in entries(of: sourceClass.selector) {
        let isPaired = otherLeg(of: entry) != nil
        if result[entry.id] == nil
          || isPaired && sourceClass.isTainted && !tainted.contains(entry.id)
        {
          result[entry.id] = sourceClass.code
        }
        if sourceClass.isTainted { tainted.insert(entry.id) }
      }
    }
    return result
  }
}
