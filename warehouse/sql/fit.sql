with

fits as (

    select * from mart.fit_latest where brief_id = $brief_id

),

tiers as (

    select
        creator_id,
        string_agg(distinct tier, '+' order by tier) as tier
    from mart.tier_latest
    group by creator_id

),

trends as (

    select
        creator_id,
        arg_max("class", n_points) as trend
    from mart.engagement_trend_creator_latest
    where measure = 'engagement_rate' and window_days = 90 and "class" <> 'not_reported'
    group by creator_id

),

names as (

    select
        creator_id,
        min(display_name) as display_name
    from core.account
    group by creator_id

),

ranked as (

    select
        fits.rank,
        fits.creator_id as creator,
        names.display_name as name,
        fits.platforms,
        tiers.tier,
        trends.trend,
        fits.score,
        fits.coverage,
        fits.target_share,
        fits.targeted_reach_people,
        fits.reason,
    from fits
    left join names using (creator_id)
    left join tiers using (creator_id)
    left join trends using (creator_id)
    where $with_unranked or fits.rank is not null
    order by fits.rank nulls last, fits.score desc nulls last, fits.creator_id
    limit $limit

)

select * from ranked
