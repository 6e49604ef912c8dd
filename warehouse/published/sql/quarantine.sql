with

quarantine as (

    select * from ops.quarantine

),

newest_first as (

    select
        path,
        member,
        sheet,
        row_number,
        "column",
        rule,
        "value",
        record,
        load_id,
        loaded_at,
        file_id,
    from quarantine
    order by
        loaded_at desc,
        load_id desc,
        path,
        member nulls first,
        sheet nulls first,
        file_id,
        row_number,
        "column" nulls first,
        rule
    limit $limit

)

select * from newest_first
