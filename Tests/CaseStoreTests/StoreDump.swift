import CaseModel
import CaseStore
import Postgres
import TestSupport

extension ThrowAwayDatabase {
  /// All that the store holds, said by content and never by number: what must be the same whatever the
  /// order in which files came. Read as the administrator, from the tables and views themselves.
  func contentDump() async throws -> [String] {
    let connection = try await Connection.open(admin)
    return try await connection.perform { session in
      try Self.contents.flatMap { name, text in
        try session.query(Query(name: name, text: text)) {
          "\(name) \(try $0.get(0, as: String.self))"
        }.sorted()
      }
    }
  }

  /// The same without places and what they decide (the order of a day that several files show equally
  /// well): these differ when one file is cut into several.
  func moneyDump() async throws -> [String] {
    try await contentDump().filter { line in
      !["file", "statement", "order", "place", "payment-place", "entity-place"].contains {
        line.hasPrefix($0 + " ")
      }
    }
  }

  private static let contents: [(String, String)] = [
    (
      "file",
      """
      select encode(sha256, 'hex') || ' ' || name from received_file
      where id not in (select file from withdrawn_file)
      """
    ),
    (
      "account",
      """
      select account_key || ' ' || currency || ' ' || coalesce(display, '-') || ' '
        || coalesce(institution, '-') || ' ' || has_statements from v_account a
      where has_statements or id in (select account from v_standing_entry)
        or id in (select counterparty_account from v_standing_entry)
      """
    ),
    (
      "statement",
      """
      select encode(f.sha256, 'hex') || ' ' || s.place_in_file || ' ' || a.account_key || ' '
        || a.currency || ' ' || s.status || ' ' || s.entry_count
      from v_statement s join received_file f on f.id = s.file join account a on a.id = s.account
      """
    ),
    (
      "entry",
      """
      select e.entry_key || ' ' || a.account_key || ' ' || e.amount_minor || ' '
        || coalesce(e.booked_on::text, '-') || ' ' || e.kind || ' ' || coalesce(o.account_key, '-')
        || ' ' || coalesce(t.purpose, '-') || ' ' || coalesce(t.counterparty_name, '-') || ' '
        || coalesce(t.refs::text, '-') || ' ' || coalesce(e.value_on::text, '-') || ' ' || e.channel
      from v_standing_entry e join account a on a.id = e.account
      left join account o on o.id = e.counterparty_account
      left join v_entry_text t on t.entry = e.id
      """
    ),
    (
      "order",
      """
      select a.account_key || ' ' || v.sequence || ' ' || e.entry_key
      from v_entry_order v join entry e on e.id = v.entry join account a on a.id = v.account
      """
    ),
    (
      "place",
      """
      select e.entry_key || ' ' || encode(f.sha256, 'hex') || ' ' || p.locator || ' ' || p.position
      from v_standing_place p join entry e on e.id = p.entry
      join statement s on s.id = p.statement join received_file f on f.id = s.file
      """
    ),
    (
      "conflict",
      """
      select least(a.entry_key, b.entry_key) || ' ' || greatest(a.entry_key, b.entry_key) || ' '
        || c.reason
      from entry_conflict c join entry a on a.id = c.first_entry join entry b on b.id = c.second_entry
      where c.first_entry in (select id from v_standing_entry)
        and c.second_entry in (select id from v_standing_entry)
      """
    ),
    (
      "transfer",
      """
      select d.entry_key || ' ' || c.entry_key || ' ' || t.reasons::text
      from active_transfer t join entry d on d.id = t.debit join entry c on c.id = t.credit
      """
    ),
    (
      "payment",
      "select encode(record_key, 'hex') || ' ' || content::text from v_payment_record"
    ),
    (
      "payment-part",
      """
      select encode(r.record_key, 'hex') || ' ' || p.part from v_payment_record r
      join (
        select record, position || ' ' || role || ' ' || amount_minor || ' ' || currency as part
        from payment_amount
        union all select record, name || ' ' || encode(value_sha256, 'hex') from payment_reference
        union all select record, position || ' ' || role || ' ' || encode(key_sha256, 'hex')
        from payment_account) p on p.record = r.id
      """
    ),
    (
      "payment-place",
      """
      select encode(r.record_key, 'hex') || ' ' || encode(f.sha256, 'hex') || ' ' || p.locator
      from v_payment_place p join payment_record r on r.id = p.record
      join received_file f on f.id = p.file
      """
    ),
    (
      "entity",
      """
      select encode(entity_key, 'hex') || ' ' || schema || ' ' || entity_id || ' ' || properties::text
      from v_stated_entity
      """
    ),
    (
      "entity-place",
      """
      select encode(e.entity_key, 'hex') || ' ' || encode(f.sha256, 'hex') || ' ' || p.locator
      from v_entity_place p join stated_entity e on e.id = p.entity
      join received_file f on f.id = p.file
      """
    ),
  ]
}
